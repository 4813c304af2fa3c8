/** A program of the tests in one file: it starts in a tenth of the time that compiling each module takes. */
import { symlinkSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { build } from 'vite'
import { madeOnce } from './made-once.ts'

/** The path of the program that was made of a TypeScript file. */
export async function bundled(entry: string): Promise<string> {
  const name = basename(entry, '.ts')
  const folder = await madeOnce(`program-${name}`, async (place) => {
    // Packages with native parts stay outside.
    symlinkSync(resolve('node_modules'), join(place, 'node_modules'))
    await build({
      configFile: 'vite.engine.config.ts',
      logLevel: 'error',
      build: {
        outDir: join(place, 'program'),
        sourcemap: false,
        rollupOptions: { input: { [name]: entry } },
      },
    })
  })
  return join(folder, 'program', `${name}.js`)
}
