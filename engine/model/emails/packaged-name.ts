/** How packages call e-mail templates of the classic form: with their folder, which is no part of their name here. */
import type { Declaration } from '../declaration.ts'
import { templateName } from './email-template.ts'

const type = 'EmailTemplate'

export function packagedName(one: Pick<Declaration, 'type' | 'fullName' | 'body'>): string {
  const folder = folderOf(one)
  return folder === undefined ? one.fullName : `${folder}/${one.fullName}`
}

export function folderOf({ body, ...one }: Pick<Declaration, 'type' | 'body'>): string | undefined {
  return one.type === type && 'folder' in body ? body.folder : undefined
}

/** The name that the component has here. */
export function ownName(asked: string, name: string): string {
  return asked === type ? templateName(name) : name
}
