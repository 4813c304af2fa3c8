/** How the tests are run; the browser's have a runner of their own. */
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The command line of others has to be installed first: `npm run test:sf`.
    exclude: ['test/browser/**', 'test/clients/sf.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    setupFiles: ['test/support/property-seed.ts'],
    pool: 'forks',
    // Files share a worker's modules: loading the engine for each took a quarter of the run.
    isolate: false,
    // The default leaves one core to the runner; most of these tests wait for a database, a process or a clock.
    maxWorkers: availableParallelism() + 2,
    // Nothing here is about time: what takes so long hangs, on a slow and busy machine too.
    testTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
    hookTimeout: 300_000,
  },
})
