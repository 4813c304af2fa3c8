/** The addresses of the screens, the page title, and where the focus goes after navigation. */
import { t } from './text.ts'

const segment = encodeURIComponent

export const paths = {
  home: (app: string): string => `/app/${segment(app)}/home`,
  list: (app: string, object: string, view = 'default'): string =>
    `/app/${segment(app)}/${segment(object)}/list/${segment(view)}`,
  record: (app: string, object: string, id: string): string =>
    `/app/${segment(app)}/${segment(object)}/${segment(id)}`,
  edit: (app: string, object: string, id: string): string =>
    `${paths.record(app, object, id)}/edit`,
  related: (recordPath: string, relationship: string): string =>
    `${recordPath}/related/${segment(relationship)}`,
  /** `defaults` fills fields of the new record, such as the parent it was started from. */
  create(app: string, object: string, defaults: Readonly<Record<string, string>> = {}): string {
    const query = new URLSearchParams(defaults).toString()
    return `/app/${segment(app)}/${segment(object)}/new${query === '' ? '' : `?${query}`}`
  },
  /** `id`: of an import that has begun. */
  import: (app: string, object: string, id = ''): string =>
    `/app/${segment(app)}/${segment(object)}/import${id === '' ? '' : `/${segment(id)}`}`,
  /** What a search finds, of all objects or of one. */
  search: (text: string, object = ''): string =>
    `/search?q=${segment(text)}${object === '' ? '' : `&object=${segment(object)}`}`,
  /** Starts a guided process, from a record where one is given. */
  process: (name: string, recordId = ''): string =>
    `/process/${segment(name)}${recordId === '' ? '' : `?recordId=${segment(recordId)}`}`,
  processRun: (id: string): string => `/process/run/${segment(id)}`,
  setup: (rest = ''): string => `/setup${rest === '' ? '' : `/${rest}`}`,
}

/** `Name | Object | App`. */
export function setPageTitle(...parts: readonly string[]): void {
  document.title = [...parts.filter((part) => part !== ''), t('Fieldstone')].join(' | ')
}

let headingWanted = false

/** Called by the shell after navigation: the next heading that shows takes the focus. */
export function requestHeadingFocus(): void {
  headingWanted = true
}

/** True once after navigation; the page header asks when its heading has text. */
export function claimHeadingFocus(): boolean {
  const wanted = headingWanted
  headingWanted = false
  return wanted
}
