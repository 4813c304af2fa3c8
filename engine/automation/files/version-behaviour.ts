/** Versions of files: the first makes the file and ties it to a record, each later one takes the place of the one before. */
import { limits } from '../../base/limits.ts'
import { message, type Message } from '../../base/message.ts'
import { refuse, type ErrorCode } from '../../base/refusal.ts'
import type { HookError, HookOutcome, HookRow } from '../../records/hooks/record-hooks.ts'
import { outcomes, text, wrong } from '../plans/plan-behaviour.ts'
import { groupedBy, readRows, textAt, type Row } from '../read-rows.ts'
import type { FileBehaviour, FileCall } from './content-hooks.ts'
import type { ContentUnit } from './content-unit.ts'
import type { FileContents } from './file-contents.ts'
import { extensionOf, fileTypeOf, isDisguised } from './file-kinds.ts'
import { keptAsItWas } from './kept-fields.ts'

const ofEngine = [
  'ContentDocumentId',
  'VersionData',
  'VersionNumber',
  'IsLatest',
  'FirstPublishLocationId',
  'FileType',
  'FileExtension',
  'ContentSize',
  'ContentSizeLong',
  'Checksum',
  'ContentLocation',
  'PublishStatus',
  'ContentModifiedById',
  'ContentModifiedDate',
  'MalwareScanStatus',
  'MalwareScanDate',
]

export const versionBehaviour: FileBehaviour = {
  beforeInsert: beforeVersion,
  afterInsert: afterVersion,
  beforeUpdate: async ({ rows }) => outcomes(rows, (row) => keptAsItWas(row, ofEngine)),
  afterUpdate: async ({ unit, rows }) => {
    const renamed = rows.filter(
      (row) =>
        row.values.get('IsLatest') === true && row.old?.get('Title') !== row.values.get('Title'),
    )
    await updateDocuments(
      unit,
      renamed.map((row) => ({ row, body: new Map([['Title', row.values.get('Title')]]) })),
    )
    return outcomes(rows, () => undefined)
  },
  beforeDelete: async ({ unit, rows }) => {
    const documents = await documentsOf(unit, rows)
    const told = message('A version goes with its file: delete the file.')
    // A file that is on its way out is not found any more.
    return outcomes(rows, (row) =>
      documents.has(text(row, 'ContentDocumentId') ?? '') ? wrong(told) : undefined,
    )
  },
}

async function documentsOf(
  unit: ContentUnit,
  rows: readonly HookRow[],
): Promise<ReadonlyMap<string, Row>> {
  const ids = [...new Set(rows.flatMap((row) => text(row, 'ContentDocumentId') ?? []))]
  const found = await readRows(
    unit,
    'SELECT Id, Title, OwnerId, LatestPublishedVersionId FROM ContentDocument WHERE Id IN :ids',
    { ids },
  )
  return new Map(found.map((row) => [textAt(row, 'Id') ?? '', row]))
}

/** What is set, and why the version is refused. */
interface Judged {
  readonly changes: Map<string, unknown>
  readonly errors: HookOutcome['errors']
}

function refused(told: Message | string, field: string, errorCode?: ErrorCode): Judged {
  const error: HookError = { message: told, field, ...(errorCode && { errorCode }) }
  return { changes: new Map(), errors: [error] }
}

async function beforeVersion({ unit, rows, contents }: FileCall) {
  const judged = new Map<HookRow, Judged>()
  for (const row of rows) judged.set(row, describeContent(unit, row, contents))
  demandSound(rows, judged)
  const sound = rows.filter((row) => judged.get(row)?.errors.length === 0)
  const made = await makeDocuments(
    unit,
    sound.filter((row) => text(row, 'ContentDocumentId') === undefined),
    judged,
  )
  const later = sound.filter((row) => text(row, 'ContentDocumentId') !== undefined)
  const numbers = await nextNumbers(unit, later)
  return outcomes(rows, (row) => {
    const one = judged.get(row)
    if (one === undefined || one.errors.length > 0) return one
    const document = made.get(row)
    if (document !== undefined) {
      one.changes.set('ContentDocumentId', document)
      one.changes.set('VersionNumber', '1')
      return one
    }
    const number = numbers.get(row) ?? 1
    if (number > limits.fileVersionsMax) {
      const { fileVersionsMax: max } = limits
      return wrong(message('A file may have at most {max} versions (fileVersionsMax).', { max }))
    }
    one.changes.set('VersionNumber', String(number))
    // It belongs to whatever the file belongs to.
    one.changes.set('FirstPublishLocationId', null)
    return one
  })
}

/** Of one alone it is said at once, before anybody misses what the engine would have filled in. */
function demandSound(rows: readonly HookRow[], judged: ReadonlyMap<HookRow, Judged>): void {
  const [only] = rows
  const [error] = (only && judged.get(only)?.errors) ?? []
  if (rows.length !== 1 || error === undefined) return
  const { errorCode = 'FIELD_CUSTOM_VALIDATION_EXCEPTION', field } = error
  throw refuse(errorCode, error.message, { fields: field === undefined ? [] : [field] })
}

/** What the version says of its content; refuses content that is not what its name says. */
function describeContent(unit: ContentUnit, row: HookRow, contents: FileContents): Judged {
  const reference = text(row, 'VersionData')
  const path = text(row, 'PathOnClient')
  const title = text(row, 'Title') ?? (path === undefined ? undefined : titleOf(path))
  if (title === undefined) {
    const told = message('Say the name of the file in PathOnClient, or its Title.')
    return refused(told, 'PathOnClient', 'REQUIRED_FIELD_MISSING')
  }
  const common = new Map<string, unknown>([
    ['Title', title],
    ['IsLatest', true],
    ['PublishStatus', 'P'],
    ['ContentModifiedById', unit.person.userId],
    ['ContentModifiedDate', unit.now],
    ['MalwareScanStatus', 'NotScanned'],
    ['MalwareScanDate', null],
  ])
  if (reference === undefined) return describeLink(row, common)
  const content = contents.incoming(reference)
  if (content === undefined) {
    const told = message('The content of the file did not come with this request: send it again.')
    return refused(told, 'VersionData')
  }
  const extension = extensionOf(path ?? title)
  if (isDisguised(extension, content.extension)) {
    const told = message(
      'The file is named .{named}, and its content is {found}. It was not taken.',
      {
        named: extension ?? '',
        found: content.extension ?? message('something else'),
      },
    )
    return refused(told, 'VersionData', 'FIELD_INTEGRITY_EXCEPTION')
  }
  const isSmall = content.size < 1_000_000_000
  const described: readonly (readonly [string, unknown])[] = [
    ['PathOnClient', path ?? title],
    ['ContentLocation', 'S'],
    ['Checksum', content.md5],
    ['ContentSize', isSmall ? content.size : null],
    ['ContentSizeLong', content.size],
    ['FileExtension', extension ?? null],
    ['FileType', fileTypeOf(extension ?? content.extension)],
    ['TextPreview', content.preview ?? null],
  ]
  for (const [name, value] of described) common.set(name, value)
  return { changes: common, errors: [] }
}

function describeLink(row: HookRow, common: Map<string, unknown>): Judged {
  if (text(row, 'ContentUrl') === undefined) {
    const told = message(
      'A file needs its content in VersionData, a link its address in ContentUrl.',
    )
    return refused(told, 'VersionData', 'REQUIRED_FIELD_MISSING')
  }
  const described: readonly (readonly [string, unknown])[] = [
    ['ContentLocation', 'L'],
    ['FileType', 'LINK'],
    ['FileExtension', null],
    ['Checksum', null],
    ['ContentSize', 0],
    ['ContentSizeLong', 0],
    ['TextPreview', null],
  ]
  for (const [name, value] of described) common.set(name, value)
  return { changes: common, errors: [] }
}

const titleCharsMax = 255

/** "C:\scans\Contract.pdf" is "Contract". */
function titleOf(path: string): string | undefined {
  const name = path.split(/[/\\]/).at(-1) ?? ''
  const title = name.replace(/(?<=.)\.[A-Za-z0-9]{1,40}$/, '').slice(0, titleCharsMax)
  return title.trim() === '' ? undefined : title
}

async function makeDocuments(
  unit: ContentUnit,
  rows: readonly HookRow[],
  judged: ReadonlyMap<HookRow, Judged>,
): Promise<ReadonlyMap<HookRow, string>> {
  if (rows.length === 0) return new Map()
  const bodies = rows.map((row) => {
    const title = judged.get(row)?.changes.get('Title')
    return new Map<string, unknown>([
      ['Title', title],
      ['OwnerId', text(row, 'OwnerId') ?? unit.person.userId],
      ['SharingOption', text(row, 'SharingOption') ?? 'A'],
      ['SharingPrivacy', text(row, 'SharingPrivacy') ?? 'N'],
    ])
  })
  const { records, caller } = unit
  const made = await records.createMany(caller, 'ContentDocument', bodies, { allOrNone: true })
  return new Map(
    rows.map((row, index) => {
      const one = made[index]
      if (one === undefined || !('id' in one)) throw new Error('all documents are made, or none')
      return [row, one.id] as const
    }),
  )
}

/** The document is written to first: two versions at once come here one after the other. */
async function nextNumbers(
  unit: ContentUnit,
  rows: readonly HookRow[],
): Promise<ReadonlyMap<HookRow, number>> {
  if (rows.length === 0) return new Map()
  await updateDocuments(
    unit,
    rows.map((row) => ({ row, body: new Map([['ContentModifiedDate', unit.now]]) })),
  )
  const ids = [...new Set(rows.map((row) => text(row, 'ContentDocumentId') ?? ''))]
  const versions = groupedBy(
    await readRows(
      unit,
      'SELECT ContentDocumentId, VersionNumber FROM ContentVersion WHERE ContentDocumentId IN :ids',
      { ids },
    ),
    'ContentDocumentId',
  )
  const used = new Map(
    ids.map((id) => [
      id,
      Math.max(
        0,
        ...(versions.get(id) ?? []).map((row) => Number(textAt(row, 'VersionNumber') ?? 0)),
      ),
    ]),
  )
  return new Map(
    rows.map((row) => {
      const id = text(row, 'ContentDocumentId') ?? ''
      const number = (used.get(id) ?? 0) + 1
      used.set(id, number)
      return [row, number] as const
    }),
  )
}

interface DocumentChange {
  readonly row: HookRow
  readonly body: ReadonlyMap<string, unknown>
}

async function updateDocuments(
  unit: ContentUnit,
  changes: readonly DocumentChange[],
): Promise<void> {
  // Of several of one file the last counts.
  const byId = new Map(changes.map(({ row, body }) => [text(row, 'ContentDocumentId') ?? '', body]))
  if (byId.size === 0) return
  const updates = [...byId].map(([id, body]) => ({ id, body }))
  await unit.records.updateMany(unit.caller, 'ContentDocument', updates, { allOrNone: true })
}

async function afterVersion({ unit, rows }: FileCall) {
  const newest = new Map(rows.map((row) => [text(row, 'ContentDocumentId') ?? '', row]))
  const ids = rows.map((row) => row.id ?? '')
  const former = await readRows(
    unit,
    'SELECT Id, ContentDocumentId FROM ContentVersion WHERE IsLatest = true AND ContentDocumentId IN :documents',
    { documents: [...newest.keys()] },
  )
  const outdated = former.flatMap((row) => {
    const id = textAt(row, 'Id') ?? ''
    const isNewest = newest.get(textAt(row, 'ContentDocumentId') ?? '')?.id === id
    return isNewest ? [] : [{ id, body: new Map([['IsLatest', false]]) }]
  })
  const { records, caller } = unit
  if (outdated.length > 0) {
    await records.updateMany(caller, 'ContentVersion', outdated, { allOrNone: true })
  }
  await updateDocuments(
    unit,
    [...newest.values()].map((row) => ({ row, body: bodyOfDocument(row) })),
  )
  await tie(
    unit,
    rows.filter((row) => text(row, 'VersionNumber') === '1' && ids.includes(row.id ?? '')),
  )
  return outcomes(rows, () => undefined)
}

const told = [
  'Title',
  'FileType',
  'FileExtension',
  'ContentSize',
  'ContentSizeLong',
  'ContentModifiedDate',
  'PublishStatus',
]

function bodyOfDocument(row: HookRow): ReadonlyMap<string, unknown> {
  const shown = told.map((name) => [name, row.values.get(name) ?? null] as const)
  return new Map<string, unknown>([['LatestPublishedVersionId', row.id], ...shown])
}

/** To its owner by the engine, to a record by whoever brings it: he must be able to edit that record. */
async function tie(unit: ContentUnit, rows: readonly HookRow[]): Promise<void> {
  const { records, caller, person } = unit
  const owned = rows.map((row) => link(row, text(row, 'OwnerId') ?? person.userId))
  if (owned.length > 0) {
    await records.createMany(caller, 'ContentDocumentLink', owned, { allOrNone: true })
  }
  const placed = rows.flatMap((row) => {
    const place = text(row, 'FirstPublishLocationId')
    return place === undefined || place === text(row, 'OwnerId') ? [] : [link(row, place)]
  })
  if (placed.length > 0) {
    await records.createMany(person, 'ContentDocumentLink', placed, { allOrNone: true })
  }
}

function link(row: HookRow, linked: string): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>([
    ['ContentDocumentId', text(row, 'ContentDocumentId')],
    ['LinkedEntityId', linked],
    ['ShareType', 'I'],
    ['Visibility', 'AllUsers'],
  ])
}
