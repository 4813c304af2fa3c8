/**
 * The registry of globals: names that begin with "$" and mean the user, the organisation, the model
 * or the engine. A new one is one entry here.
 */
import { message } from '../base/message.ts'
import type {
  CustomLabels,
  CustomMetadata,
  StandardValueSet,
  Translations,
} from '../../metadata/types.ts'
import type { PathStep } from '../formula/syntax.ts'
import type { FieldMention } from '../formula/types.ts'
import { recordField, type NameContext, type NameProblem } from './formula-paths.ts'
import {
  fieldOf,
  fromModel,
  global,
  ofObject,
  onlyStep,
  unknownName,
  type GlobalContext,
  type GlobalMention,
} from './global-mention.ts'

export interface FormulaGlobal {
  readonly name: string
  /** One sentence for whoever writes a formula. */
  readonly purpose: string
  /** What stands behind the global's name: `steps` are those after it. */
  resolve(
    steps: readonly PathStep[],
    context: GlobalContext,
  ): FieldMention | GlobalMention | NameProblem
}

const user: FormulaGlobal = {
  name: '$User',
  purpose: 'The record of the user who asks.',
  resolve: (steps, context) =>
    ofObject('User', { steps, context, name: '$User' }, (path) => ({ from: 'user', path })),
}

const profile: FormulaGlobal = {
  name: '$Profile',
  purpose: 'The profile of the user who asks.',
  resolve: (steps, context) =>
    ofObject('Profile', { steps, context, name: '$Profile' }, (path) => ({
      from: 'user',
      path: ['Profile', ...path],
    })),
}

const userRole: FormulaGlobal = {
  name: '$UserRole',
  purpose: 'The role of the user who asks.',
  resolve: (steps, context) =>
    ofObject('UserRole', { steps, context, name: '$UserRole' }, (path) => ({
      from: 'user',
      path: ['UserRole', ...path],
    })),
}

const organization: FormulaGlobal = {
  name: '$Organization',
  purpose: 'The organisation itself.',
  resolve: (steps, context) =>
    ofObject('Organization', { steps, context, name: '$Organization' }, (path) => ({
      from: 'organization',
      path,
    })),
}

const permission: FormulaGlobal = {
  name: '$Permission',
  purpose: 'True for users who have the custom permission.',
  resolve: (steps, { index }) => {
    const name = onlyStep(steps)
    if (name === undefined) return { problem: message('Write $Permission.Name_of_the_permission') }
    const known = [...index.componentNames('CustomPermission')]
    const found = known.find((one) => one.toLowerCase() === name.toLowerCase())
    if (found === undefined)
      return unknownName(message('There is no custom permission {name}', { name }), name, known)
    const path = `$Permission.${found}`
    const source = { from: 'permission', name: found } as const
    return { kind: 'boolean', path, label: path, volatile: true, source }
  },
}

const label: FormulaGlobal = {
  name: '$Label',
  purpose: 'A custom label.',
  resolve: (steps, { index }) => {
    // Labels of packages are written with the package's prefix, which says nothing here.
    const name = steps.at(-1)?.name
    if (name === undefined || steps.length > 2)
      return { problem: message('Write $Label.Name_of_the_label') }
    const labels = [...index.componentNames('CustomLabels')].flatMap((file) => {
      // Components of this type name hold bodies of it alone.
      const body = index.component('CustomLabels', file)?.body as CustomLabels | undefined
      return body?.labels ?? []
    })
    const found = labels.find((one) => one.fullName.toLowerCase() === name.toLowerCase())
    if (found === undefined) {
      const names = labels.map((one) => one.fullName)
      return unknownName(message('There is no label {name}', { name }), name, names)
    }
    const path = `$Label.${found.fullName}`
    const { fullName, value = '' } = found
    const text = { kind: 'text', path, label: path } as const
    if (!isTranslated(fullName, index)) return { ...text, source: fromModel(value) }
    return { ...text, volatile: true, source: { from: 'label', name: fullName, value } }
  },
}

function isTranslated(label: string, index: NameContext['index']): boolean {
  return [...index.componentNames('Translations')].some((file) => {
    // Components of this type name hold bodies of it alone.
    const body = index.component('Translations', file)?.body as Translations | undefined
    return body?.customLabels?.some((one) => one.name.toLowerCase() === label.toLowerCase())
  })
}

const recordType: FormulaGlobal = {
  name: '$RecordType',
  purpose: 'The record type of the record.',
  resolve: (steps, context) => {
    const outline = context.index.outline(context.object)
    if (outline === undefined)
      return { problem: message('There is no object {object}', { object: context.object }) }
    return recordField(outline, [{ name: 'RecordType' }, ...steps], context)
  },
}

const customMetadata: FormulaGlobal = {
  name: '$CustomMetadata',
  purpose: 'A field of a record of a custom metadata type.',
  resolve: (steps, context) => {
    const [type, record, field, ...rest] = steps
    if (type === undefined || record === undefined || field === undefined || rest.length > 0) {
      return { problem: message('Write $CustomMetadata.Type__mdt.Record.Field__c') }
    }
    const found = fieldOf(type.name, field, context)
    if ('problem' in found) return found
    const stem = found.object.name.replace(/__mdt$/i, '')
    const fullName = `${stem}.${record.name}`
    // Components of this type name hold bodies of it alone.
    const body = context.index.component('CustomMetadata', fullName)?.body as
      CustomMetadata | undefined
    if (body === undefined) {
      const names = [...context.index.componentNames('CustomMetadata')]
      return {
        ...unknownName(
          message('There is no custom metadata record {name}', { name: fullName }),
          fullName,
          names,
        ),
        foreign: true,
      }
    }
    const value = body.values?.find((one) => one.field === found.mention.path)?.value ?? null
    const path = `$CustomMetadata.${found.object.name}.${record.name}.${found.mention.path}`
    return global(found.mention, path, fromModel(typeof value === 'number' ? `${value}` : value))
  },
}

const setup: FormulaGlobal = {
  name: '$Setup',
  purpose: 'A custom setting as it holds for the user who asks.',
  resolve: ([setting, field, ...rest], context) => {
    if (setting === undefined || field === undefined || rest.length > 0) {
      return { problem: message('Write $Setup.Setting__c.Field__c') }
    }
    const found = fieldOf(setting.name, field, context)
    if ('problem' in found) return found
    const { object, mention } = found
    const kind = object.declaration.body.customSettingsType
    if (kind !== 'Hierarchy') {
      const values = { name: object.name }
      const problem =
        kind === undefined
          ? message(
              '{name} is no custom setting: $Setup reads custom settings of type Hierarchy',
              values,
            )
          : message(
              '{name} is a list of settings: $Setup reads custom settings of type Hierarchy',
              values,
            )
      return { problem }
    }
    const path = `$Setup.${object.name}.${mention.path}`
    const source = { from: 'setting', object: object.name, field: mention.path } as const
    return { ...global(mention, path, source), volatile: true }
  },
}

const valueSet: FormulaGlobal = {
  name: '$ValueSet',
  purpose:
    'The values of a value set that bear a mark, such as $ValueSet.CaseStatus.closed: ";A;B;".',
  resolve: ([set, mark, ...rest], { index }) => {
    if (set === undefined || mark === undefined || rest.length > 0) {
      return { problem: message('Write $ValueSet.Name_of_the_set.mark') }
    }
    // Components of this type name hold bodies of it alone.
    const body = index.component('StandardValueSet', set.name)?.body as
      Readonly<StandardValueSet> | undefined
    if (body === undefined) {
      return unknownName(
        message('There is no standard value set {name}', { name: set.name }),
        set.name,
        [...index.componentNames('StandardValueSet')],
      )
    }
    const found = valueMarks.find((one) => one.toLowerCase() === mark.name.toLowerCase())
    if (found === undefined)
      return unknownName(
        message('There is no mark of values {name}', { name: mark.name }),
        mark.name,
        valueMarks,
      )
    const values = (body.standardValue ?? []).filter((value) => value[found] === true)
    const path = `$ValueSet.${body.fullName}.${found}`
    const list = values.map(({ fullName }) => `${fullName};`).join('')
    return { kind: 'text', path, label: path, source: fromModel(`;${list}`) }
  },
}

/** What is said of the values of standard fields. */
const valueMarks = ['closed', 'won', 'converted', 'highPriority', 'reviewed'] as const

const objectType: FormulaGlobal = {
  name: '$ObjectType',
  purpose: 'A field itself, for functions that look records up.',
  resolve: ([object, word, field, ...rest], context) => {
    const isWord = word?.name.toLowerCase() === 'fields'
    if (object === undefined || !isWord || field === undefined || rest.length > 0) {
      return { problem: message('Write $ObjectType.Object.Fields.Field') }
    }
    const found = fieldOf(object.name, field, context)
    if ('problem' in found) return found
    const names = { object: found.object.name, field: found.mention.path }
    const path = `$ObjectType.${names.object}.Fields.${names.field}`
    return { ...global(found.mention, path, { from: 'field', ...names }), fieldOf: names }
  },
}

/** The beginning of the calendar in formulas that count days, as the platform has it. */
const originInstant = '1900-01-01T00:00:00.000Z'

const system: FormulaGlobal = {
  name: '$System',
  purpose: 'The instant from which formulas may count: $System.OriginDateTime.',
  resolve: (steps) => {
    const name = onlyStep(steps)
    if (name?.toLowerCase() !== 'origindatetime')
      return { problem: message('Write $System.OriginDateTime') }
    const path = '$System.OriginDateTime'
    return { kind: 'datetime', path, label: path, source: fromModel(originInstant) }
  },
}

const api: FormulaGlobal = {
  name: '$Api',
  purpose: 'Addresses of the API. The session is nobody’s to show, and stays empty.',
  resolve: (steps) => {
    const name = onlyStep(steps) ?? ''
    const [, kind = '', version = ''] =
      /^(Enterprise|Partner)_Server_URL_(\d{2,3})$/i.exec(name) ?? []
    const isSession = name.toLowerCase() === 'session_id'
    if (kind === '' && !isSession) {
      return {
        problem: message('$Api has no {name}; write $Api.Partner_Server_URL_260, for example', {
          name,
        }),
      }
    }
    const path = `$Api.${name}`
    // Without a host, so that links made of it stay on the page's own server.
    const form = kind.toLowerCase() === 'partner' ? 'u' : 'c'
    const address = `/services/Soap/${form}/${version.slice(0, 2)}.0`
    return { kind: 'text', path, label: path, source: fromModel(isSession ? '' : address) }
  },
}

/** In the order in which editors offer them. */
export const formulaGlobals: readonly FormulaGlobal[] = [
  user,
  profile,
  userRole,
  organization,
  permission,
  label,
  recordType,
  customMetadata,
  setup,
  valueSet,
  objectType,
  system,
  api,
]
