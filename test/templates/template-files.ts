/** Reads a template's records the way the loader does, with dates and references still as written. */
import { readFileSync } from 'node:fs'

export const templatesRoot = new URL('../../templates/', import.meta.url)

export interface TemplateRecord {
  readonly attributes: {
    readonly type: string
    readonly referenceId: string
    readonly profile?: string
    readonly role?: string
    readonly permissionSets?: readonly string[]
    readonly recordType?: string
  }
  readonly [field: string]: unknown
}

export interface Template {
  readonly name: string
  readonly files: readonly string[]
}

export function readText(path: string): string {
  const encoded = path.split('/').map(encodeURIComponent).join('/')
  return readFileSync(new URL(encoded, templatesRoot), 'utf8')
}

export function readTemplate(name: string): Template {
  // What is read here is what the tests then examine.
  return JSON.parse(readText(`${name}/template.json`)) as Template
}

export function recordsOf(template: Template, file: string): readonly TemplateRecord[] {
  const tree = JSON.parse(readText(`${template.name}/${file}`)) as {
    records: readonly TemplateRecord[]
  }
  return tree.records
}
