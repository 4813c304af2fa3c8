/** Files as the screens read and send them. */
import { ApiError } from './base/api-error.ts'
import { textLiteral } from './base/soql.ts'
import { t } from './base/text.ts'
import type { WireProblem, WireRecord } from './base/wire.ts'
import { data, records, segment } from './api.ts'

export interface FileInfo {
  readonly linkId: string
  readonly documentId: string
  readonly versionId: string
  readonly title: string
  readonly fileType: string
  readonly extension: string
  readonly bytes: number
  readonly changed: string
  readonly ownerId: string
}

export interface Upload {
  readonly file: File
  /** The record to tie a new file to, or the file that gets its next version. */
  readonly recordId?: string
  readonly documentId?: string
  readonly onProgress: (part: number) => void
}

const shown =
  'Id, ContentDocumentId, ContentDocument.Title, ContentDocument.FileType, ContentDocument.FileExtension, ContentDocument.ContentSizeLong, ContentDocument.ContentModifiedDate, ContentDocument.LatestPublishedVersionId, ContentDocument.OwnerId'

export const filesShownMax = 50

export const files = {
  async of(recordId: string): Promise<readonly FileInfo[]> {
    const soql = `SELECT ${shown} FROM ContentDocumentLink WHERE LinkedEntityId = ${textLiteral(recordId)} ORDER BY ContentDocument.ContentModifiedDate DESC LIMIT ${filesShownMax}`
    return (await records.query(soql)).records.map(infoOf)
  },
  contentPath(versionId: string, isPreview = false): string {
    const path = `${data}/sobjects/ContentVersion/${segment(versionId)}/VersionData`
    return isPreview ? `${path}?preview=true` : path
  },
  /** At most so many characters of a text. */
  async text(versionId: string, charsMax: number): Promise<string> {
    const answer = await fetch(files.contentPath(versionId, true), { credentials: 'same-origin' })
    return (await answer.text()).slice(0, charsMax)
  },
  upload: send,
}

function infoOf(row: WireRecord): FileInfo {
  const document: unknown = row['ContentDocument']
  const read = (name: string): unknown =>
    typeof document === 'object' && document !== null ? Reflect.get(document, name) : undefined
  const text = (name: string): string => String(read(name) ?? '')
  return {
    linkId: row.Id ?? '',
    documentId: String(row['ContentDocumentId'] ?? ''),
    versionId: text('LatestPublishedVersionId'),
    title: text('Title'),
    fileType: text('FileType'),
    extension: text('FileExtension'),
    bytes: Number(read('ContentSizeLong') ?? 0),
    changed: text('ContentModifiedDate'),
    ownerId: text('OwnerId'),
  }
}

/** Only this request of the browser tells how far it has come. */
function send({ file, recordId, documentId, onProgress }: Upload): Promise<void> {
  const record = {
    PathOnClient: file.name,
    ...(recordId === undefined ? {} : { FirstPublishLocationId: recordId }),
    ...(documentId === undefined ? {} : { ContentDocumentId: documentId }),
  }
  const form = new FormData()
  form.append('entity_content', new Blob([JSON.stringify(record)], { type: 'application/json' }))
  form.append('VersionData', file, file.name)
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `${data}/sobjects/ContentVersion`)
    request.setRequestHeader('Accept', 'application/json')
    request.setRequestHeader('X-Fieldstone-Request', '1')
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      if (total > 0) onProgress(loaded / total)
    })
    request.addEventListener('error', () => {
      const message = t('The server could not be reached. Your input is kept; try again.')
      reject(new ApiError(0, [{ message, errorCode: 'NETWORK' }]))
    })
    request.addEventListener('load', () => {
      if (request.status < 300) resolve()
      else reject(new ApiError(request.status, problemsIn(request)))
    })
    request.send(form)
  })
}

function problemsIn({ responseText, status }: XMLHttpRequest): readonly WireProblem[] {
  try {
    const parsed: unknown = JSON.parse(responseText)
    if (Array.isArray(parsed)) return parsed as readonly WireProblem[]
  } catch {
    // A proxy's page instead of an answer of ours: the status says the rest.
  }
  const message = t('The server answered with status {status}.', { status })
  return [{ message, errorCode: 'UNKNOWN_EXCEPTION' }]
}
