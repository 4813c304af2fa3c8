/** Which types and components there are: describeMetadata and listMetadata. */
import { limits } from '../../base/limits.ts'
import { refuse } from '../../base/refusal.ts'
import { memberName } from '../../deploy/package/package-parts.ts'
import { membersOf } from '../../model/members.ts'
import type { Declaration } from '../../model/declaration.ts'
import { isInRecords, metadataType, metadataTypes } from '../../model/metadata-types.ts'
import type { Model } from '../../model/model.ts'
import { encodeFileName } from '../../model/source/component-path.ts'
import { packagedName } from '../../model/emails/packaged-name.ts'
import { emailFolder } from '../../model/xml/xml-path.ts'
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

export const listMetadata: MetadataOperation = async ({ parts, call, by }) => {
  const queries = childrenOf(call.operation, 'queries')
  if (queries.length > limits.bulkRecordsMax) {
    throw refuse('LIMIT_EXCEEDED', `A call lists at most ${limits.bulkRecordsMax} types.`)
  }
  const model = parts.deployer.store.current()
  const types = new Set(queries.map((query) => textOf(query, 'type') ?? ''))
  const named: NamedComponent[] = []
  for (const type of types) {
    const held = isInRecords(type) ? await parts.packages.recordComponents.read(type, by) : []
    named.push(...namedOf(model, type), ...held.map(namedComponent))
  }
  return named.map(fileProperties)
}

function namedComponent(declaration: Declaration): NamedComponent {
  const { type } = declaration
  const fullName = packagedName(declaration)
  if (fullName !== declaration.fullName) {
    return { type, fullName, fileName: `${emailFolder}/${fullName}.email` }
  }
  const { folder, suffix } = metadataType(type) ?? { folder: type, suffix: type }
  return { type, fullName, fileName: `${folder}/${encodeFileName(fullName)}.${suffix}` }
}

/** Nothing for types that are not known here: clients ask for hundreds. */
export function namedOf(model: Model, type: string): readonly NamedComponent[] {
  const own = metadataType(type)
  if (own !== undefined) {
    return [...model.components(own.name)].map(namedComponent)
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
