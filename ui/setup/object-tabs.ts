/** The parts of an object in the order of its side menu; each is loaded when it is first shown. */
import { t } from '../base/text.ts'
import type { ObjectBody } from './component-bodies.ts'
import type { ObjectTab } from './setup-route.ts'

/** What every part has; it fires `object-changed` after a plan was applied. */
export interface ObjectPart extends HTMLElement {
  object: string
  body: ObjectBody | undefined
  /** The member that the address names, such as one layout. */
  item: string | undefined
}

interface TabEntry {
  readonly tab: ObjectTab
  readonly label: string
  readonly element: string
  load(): Promise<unknown>
}

export function objectTabs(): Readonly<Record<ObjectTab, TabEntry>> {
  return {
    details: {
      tab: 'details',
      label: t('Details'),
      element: 'fs-setup-object-details',
      load: () => import('./object-details.ts'),
    },
    fields: {
      tab: 'fields',
      label: t('Fields and relationships'),
      element: 'fs-setup-fields',
      load: () => import('./fields-part.ts'),
    },
    layouts: {
      tab: 'layouts',
      label: t('Page layouts'),
      element: 'fs-setup-layouts',
      load: () => import('./layouts-part.ts'),
    },
    'compact-layouts': {
      tab: 'compact-layouts',
      label: t('Compact layouts'),
      element: 'fs-setup-compact-layouts',
      load: () => import('./compact-layouts-part.ts'),
    },
    'record-types': {
      tab: 'record-types',
      label: t('Record types'),
      element: 'fs-setup-record-types',
      load: () => import('./record-types-part.ts'),
    },
    'validation-rules': {
      tab: 'validation-rules',
      label: t('Validation rules'),
      element: 'fs-setup-rules',
      load: () => import('./rules-part.ts'),
    },
    'list-views': {
      tab: 'list-views',
      label: t('List views'),
      element: 'fs-setup-list-views',
      load: () => import('./list-views-part.ts'),
    },
    json: {
      tab: 'json',
      label: t('JSON'),
      element: 'fs-setup-object-json',
      load: () => import('./object-json.ts'),
    },
  }
}
