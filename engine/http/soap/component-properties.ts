/** Components as lists of the Metadata API name them. */
import { systemAuthor } from '../../deploy/plan.ts'
import { componentId } from '../../model/component-id.ts'
import type { SoapRecord } from './envelope.ts'

export interface NamedComponent {
  readonly type: string
  readonly fullName: string
  readonly fileName: string
}

/** Files say nothing of their authors; the journal does, change by change. */
const longAgo = '1970-01-01T00:00:00.000Z'

export function fileProperties({ type, fullName, fileName }: NamedComponent): SoapRecord {
  const { id, name } = systemAuthor
  return {
    createdById: id,
    createdByName: name,
    createdDate: longAgo,
    fileName,
    fullName,
    id: componentId(type, fullName),
    lastModifiedById: id,
    lastModifiedByName: name,
    lastModifiedDate: longAgo,
    manageableState: 'unmanaged',
    type,
  }
}
