/** The table of editors by the name that describe gives; each is loaded when a form first needs it. */

export interface EditorEntry {
  readonly tag: string
  load(): Promise<unknown>
  /** Takes the whole width of a section. */
  readonly wide?: boolean
}

const text = { tag: 'fs-text-editor', load: () => import('./text-editor.ts') }
const textArea = {
  tag: 'fs-text-area-editor',
  load: () => import('./text-area-editor.ts'),
}
const decimal = { tag: 'fs-number-editor', load: () => import('./number-editor.ts') }
const compound = { tag: 'fs-compound-editor', load: () => import('./compound-editor.ts') }

export const editors = {
  text,
  email: text,
  phone: text,
  url: text,
  'text-area': textArea,
  'long-text-area': { ...textArea, wide: true },
  html: { tag: 'fs-html-editor', load: () => import('./html-editor.ts'), wide: true },
  'encrypted-text': { tag: 'fs-encrypted-editor', load: () => import('./encrypted-editor.ts') },
  number: decimal,
  currency: decimal,
  percent: decimal,
  checkbox: { tag: 'fs-checkbox-editor', load: () => import('./checkbox-editor.ts') },
  date: { tag: 'fs-date-editor', load: () => import('./date-editor.ts') },
  'date-time': { tag: 'fs-date-time-editor', load: () => import('./date-time-editor.ts') },
  time: { tag: 'fs-time-editor', load: () => import('./time-editor.ts') },
  picklist: { tag: 'fs-picklist-editor', load: () => import('./picklist-editor.ts') },
  'multiselect-picklist': {
    tag: 'fs-multiselect-editor',
    load: () => import('./multiselect-editor.ts'),
  },
  lookup: { tag: 'fs-lookup-editor', load: () => import('./lookup-editor.ts') },
  location: compound,
  address: compound,
  'person-name': compound,
} satisfies Readonly<Record<string, EditorEntry>>

export type EditorName = keyof typeof editors

const byName = new Map<string, EditorEntry>(Object.entries(editors))

/** The editor of a field; text for a name that is not known yet, so that a newer server still has a form. */
export function editorFor(name: string | undefined): EditorEntry {
  return byName.get(name ?? '') ?? text
}
