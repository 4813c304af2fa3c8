/** The files of a journal entry as they were before and after it. */
import type { Declaration } from '../model/declaration.ts'
import { metadataType } from '../model/metadata-types.ts'
import { writeDeclaration } from '../model/write-declaration.ts'
import type { Storage } from '../storage/storage.ts'
import { readBody } from './component-store.ts'
import { readUndo, type Undo } from './journal.ts'
import type { JournalDetail, PlanFile } from './plan.ts'

/** Undefined when there is no such entry. */
export async function readJournalDetail(
  storage: Pick<Storage, 'read'>,
  number: number,
): Promise<JournalDetail | undefined> {
  const found = await readUndo(storage, number)
  if (found === undefined) return undefined
  const files: PlanFile[] = []
  for (const component of found.undo.components) files.push(await fileOf(storage, component))
  return { ...found.entry, files }
}

async function fileOf(storage: Pick<Storage, 'read'>, component: Undo): Promise<PlanFile> {
  const { type, fullName } = component
  const before = await readText(storage, type, {
    fullName: component.from ?? fullName,
    hash: component.before,
  })
  const after = await readText(storage, type, { fullName, hash: component.after })
  const path = after?.path ?? before?.path ?? `${type} ${fullName}`
  return { path, before: before?.text ?? null, after: after?.text ?? null }
}

async function readText(
  storage: Pick<Storage, 'read'>,
  typeName: string,
  stored: { readonly fullName: string; readonly hash: string | null },
): Promise<{ readonly path: string; readonly text: string } | undefined> {
  const type = metadataType(typeName)?.name
  if (stored.hash === null || type === undefined) return undefined
  // The table of bodies holds what `saveComponents` wrote: bodies of checked declarations.
  const body = (await readBody(storage, stored.hash)) as Declaration['body'] | undefined
  return body === undefined
    ? undefined
    : writeDeclaration({ type, fullName: stored.fullName, body })
}
