/** Builds the server and the command line into programs that start quickly; packages with native parts stay outside. */
import { defineConfig } from 'vite'

export default defineConfig({
  publicDir: false,
  ssr: {
    noExternal: true,
    external: ['sqlite3', '@node-rs/argon2', 'pg', 'esbuild'],
  },
  build: {
    ssr: true,
    outDir: 'dist/engine',
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    sourcemap: true,
    rollupOptions: {
      input: { main: 'engine/main.ts', fieldstone: 'engine/cli/fieldstone.ts' },
      output: { entryFileNames: '[name].js' },
    },
  },
})
