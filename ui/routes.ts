/** The table of pages; each is loaded when it is first shown. */
import type { Route } from './base/router.ts'

export const routes: readonly Route[] = [
  { pattern: '/', tag: 'fs-home-page', load: () => import('./pages/home/home-page.ts') },
  {
    pattern: '/app/:app/home',
    tag: 'fs-home-page',
    load: () => import('./pages/home/home-page.ts'),
  },
  {
    pattern: '/app/:app/:object/list/:view',
    tag: 'fs-list-page',
    load: () => import('./pages/list/list-page.ts'),
  },
  {
    pattern: '/app/:app/:object/new',
    tag: 'fs-record-form-page',
    load: () => import('./pages/record-form/record-form-page.ts'),
  },
  {
    pattern: '/app/:app/:object/import',
    tag: 'fs-import-page',
    load: () => import('./pages/import/import-page.ts'),
  },
  {
    pattern: '/app/:app/:object/import/:id',
    tag: 'fs-import-page',
    load: () => import('./pages/import/import-page.ts'),
  },
  {
    pattern: '/app/:app/:object/:id',
    tag: 'fs-record-page',
    load: () => import('./pages/record/record-page.ts'),
  },
  {
    pattern: '/app/:app/:object/:id/edit',
    tag: 'fs-record-form-page',
    load: () => import('./pages/record-form/record-form-page.ts'),
  },
  {
    pattern: '/app/:app/:object/:id/related/:relationship',
    tag: 'fs-related-page',
    load: () => import('./pages/related/related-page.ts'),
  },
  {
    pattern: '/process/run/:id',
    tag: 'fs-process-page',
    load: () => import('./pages/process/process-page.ts'),
  },
  {
    pattern: '/process/:process',
    tag: 'fs-process-page',
    load: () => import('./pages/process/process-page.ts'),
  },
  {
    pattern: '/search',
    tag: 'fs-search-page',
    load: () => import('./pages/search/search-page.ts'),
  },
  { pattern: '/setup/*', tag: 'fs-setup-page', load: () => import('./setup/setup-page.ts') },
]
