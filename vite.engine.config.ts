/** Builds the engine into one program that starts quickly; packages with native parts stay outside. */
import { defineConfig } from 'vite'

export default defineConfig({
  publicDir: false,
  ssr: {
    noExternal: true,
    external: ['sqlite3', '@node-rs/argon2', 'pg'],
  },
  build: {
    ssr: 'engine/main.ts',
    outDir: 'dist/engine',
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    sourcemap: true,
    rollupOptions: { output: { entryFileNames: 'main.js' } },
  },
})
