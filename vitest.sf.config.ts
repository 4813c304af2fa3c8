/** The real `sf` command line against the server, one command at a time: `npm run test:sf`. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/clients/sf.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 1,
    // An install and single commands take minutes on a busy machine.
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
  },
})
