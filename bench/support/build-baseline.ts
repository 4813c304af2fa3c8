/** Builds the hand-written server to plain JavaScript, as it would be run. */
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Gives the file to start. */
export async function buildBaseline(): Promise<string> {
  const outDir = `${root}dist/bench`
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: {
      ssr: 'bench/hand-written/server.ts',
      outDir,
      emptyOutDir: true,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'baseline.js' } },
    },
  })
  return `${outDir}/baseline.js`
}
