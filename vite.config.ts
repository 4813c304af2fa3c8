/** Builds the screens: `ui/` becomes static files in `dist/ui`, split by page and by editor. */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: here('./ui'),
  base: '/',
  resolve: {
    // The component library would report usage from development builds; ours reports nothing.
    alias: {
      '@vaadin/vaadin-usage-statistics/vaadin-usage-statistics.js': here('./ui/base/nothing.ts'),
    },
  },
  build: {
    outDir: here('./dist/ui'),
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    // An inlined asset would need `data:` in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    port: 5173,
    proxy: { '/services': { target: process.env['FIELDSTONE_URL'] ?? 'http://localhost:4000' } },
  },
})
