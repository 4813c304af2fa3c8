/** Builds what is started as a process of its own to plain JavaScript: a loader's translation would cost time. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface Programs {
  readonly baseline: string
  readonly inProcess: string
}

/** Gives the files to start. */
export async function buildPrograms(): Promise<Programs> {
  const outDir = join(root, 'dist', 'bench')
  const input = {
    baseline: join(root, 'bench', 'hand-written', 'server.ts'),
    'in-process': join(root, 'bench', 'in-process', 'main.ts'),
  }
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      minify: false,
      target: 'node20',
      rollupOptions: { input, output: { entryFileNames: '[name].js' } },
    },
  })
  return { baseline: join(outDir, 'baseline.js'), inProcess: join(outDir, 'in-process.js') }
}
