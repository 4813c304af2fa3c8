/** Which types and components there are: describeMetadata and listMetadata. */
import { limits } from '../../base/limits.ts'
import { refuse } from '../../base/refusal.ts'
import { memberName } from '../../deploy/package/package-parts.ts'
import { membersOf } from '../../model/members.ts'
import { metadataType, metadataTypes } from '../../model/metadata-types.ts'
import type { Model } from '../../model/model.ts'
import { encodeFileName } from '../../model/source/component-path.ts'
import { fileProperties, type NamedComponent } from './component-properties.ts'
import { childrenOf, textOf } from './envelope.ts'
import type { MetadataOperation } from './metadata-operation.ts'

export const describeMetadata: MetadataOperation = () => [
  {
    metadataObjects: metadataTypes.map(({ name, folder, suffix, members }) => ({
      childXmlNames: members.map((list) => list.type),
      directoryName: folder,
      inFolder: false,
      metaFile: false,
      suffix,
      xmlName: name,
    })),
    organizationNamespace: '',
    partialSaveAllowed: true,
    testRequired: false,
  },
]

export const listMetadata: MetadataOperation = ({ parts, call }) => {
  const queries = childrenOf(call.operation, 'queries')
  if (queries.length > limits.bulkRecordsMax) {
    throw refuse('LIMIT_EXCEEDED', `A call lists at most ${limits.bulkRecordsMax} types.`)
  }
  const model = parts.deployer.store.current()
  const types = new Set(queries.map((query) => textOf(query, 'type') ?? ''))
  return [...types].flatMap((type) => namedOf(model, type).map(fileProperties))
}

/** Nothing for types that are not known here: clients ask for hundreds. */
export function namedOf(model: Model, type: string): readonly NamedComponent[] {
  const own = metadataType(type)
  if (own !== undefined) {
    return [...model.components(own.name)].map(({ fullName }) => ({
      type,
      fullName,
      fileName: `${own.folder}/${encodeFileName(fullName)}.${own.suffix}`,
    }))
  }
  return metadataTypes
    .filter(({ members }) => members.some((list) => list.type === type))
    .flatMap(({ name, folder, suffix }) =>
      [...model.components(name)].flatMap((declaration) =>
        membersOf(declaration)
          .filter((member) => member.type === type)
          .map((member) => ({
            type,
            fullName: memberName(declaration, member.name),
            fileName: `${folder}/${encodeFileName(declaration.fullName)}.${suffix}`,
          })),
      ),
    )
}
