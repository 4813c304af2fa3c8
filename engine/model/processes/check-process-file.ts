/** What is wrong with a guided service: names that lead nowhere, formulas, values that come from nowhere. */
import type { ServiceProcessChoices } from '../../../metadata/types.ts'
import { message } from '../../base/message.ts'
import type { Declaration, SourceProblem } from '../declaration.ts'
import type { NotActedOn } from '../model.ts'
import { componentKey } from '../resolve-mention.ts'
import type { Scope } from '../scope.ts'
import { problemAt, type Pointer } from '../source-problem.ts'
import { valueSetIn } from '../value-sets.ts'
import {
  attributeField,
  displayText,
  groupOf,
  type AttributeField,
  type AttributeSources,
} from './attribute-field.ts'
import { checkRecords } from './check-process-records.ts'
import { choicesOf } from './process-parts.ts'
import { checkFormula, fieldNamed, truth, type ProcessCheck } from './process-check.ts'
import { globalScope, processScope } from './process-scope.ts'

export interface ProcessFindings {
  readonly problems: readonly SourceProblem[]
  /** Attributes that are kept without effect. */
  readonly kept: readonly NotActedOn[]
}

export function isProcess(declaration: Declaration): declaration is Declaration<'ServiceProcess'> {
  return declaration.type === 'ServiceProcess'
}

export function sourcesIn(index: Scope): AttributeSources {
  return {
    field: (object, name) => {
      const outline = index.outline(object)
      const sketch = outline?.byName.get(name.toLowerCase())
      if (outline === undefined || sketch === undefined) return undefined
      const { type, options } = sketch
      return { object: outline.name, field: sketch.name, type, options }
    },
    valueSets: (name) => valueSetIn(index, name),
  }
}

export function checkServiceProcess(
  declaration: Declaration<'ServiceProcess'>,
  index: Scope,
): ProcessFindings {
  const problems: SourceProblem[] = []
  const kept: NotActedOn[] = []
  const { body: service, fullName } = declaration
  const report: ProcessCheck['report'] = (pointer, reason) => {
    const told = message('ServiceProcess {name}: {reason}', { name: fullName, reason })
    problems.push(problemAt(declaration, pointer, { reason: told }))
  }
  const sources = sourcesIn(index)
  const fields: AttributeField[] = []
  for (const attribute of service.serviceProcessAttributes ?? []) {
    const field = attributeField(service, attribute, sources)
    if (field !== undefined) fields.push(field)
    else if (attribute.dataType !== displayText) {
      const reason = `attribute ${attribute.developerName} holds no value that can be entered`
      kept.push({ component: componentKey('ServiceProcess', fullName), reason })
    }
  }
  const check: ProcessCheck = { service, fields, index, report }
  checkNames(check)
  checkAttributes(check)
  checkGroups(check)
  checkScreens(check)
  checkContexts(check)
  for (const { choices, group, pointer } of choicesOf(service)) {
    checkChoices(check, choices, { group, pointer })
  }
  checkRecords(check)
  const flow = missingFlow(check)
  if (flow !== undefined) {
    const reason = `there is no flow ${flow} to start`
    kept.push({ component: componentKey('ServiceProcess', fullName), reason })
  }
  return { problems, kept }
}

/** One that may come later; until then nothing can be submitted. */
function missingFlow({ service, index }: ProcessCheck): string | undefined {
  return service.serviceProcessDependencies?.find(
    ({ processStepName, type, dependencyReference }) =>
      processStepName === 'FulfillmentFlow' &&
      type === 'FlowDefinition' &&
      index.component('Flow', dependencyReference) === undefined,
  )?.dependencyReference
}

/** In one name space: a value that is referred to is an attribute or a record. */
function checkNames({ service, report }: ProcessCheck): void {
  const seen = new Map<string, string>()
  const note = (name: string, pointer: Pointer): void => {
    const other = seen.get(name.toLowerCase())
    if (other !== undefined) report(pointer, message('the name "{name}" stands twice', { name }))
    seen.set(name.toLowerCase(), name)
  }
  service.serviceProcessAttributes?.forEach(({ developerName }, at) =>
    note(developerName, ['serviceProcessAttributes', at, 'developerName']),
  )
  service.recordCreates?.forEach(({ name }, at) => note(name, ['recordCreates', at, 'name']))
  service.serviceProcessItemGroups?.forEach(({ apiName }, at) =>
    note(apiName, ['serviceProcessItemGroups', at, 'apiName']),
  )
}

function checkAttributes(check: ProcessCheck): void {
  const { service, report, index, fields } = check
  service.serviceProcessAttributes?.forEach((attribute, at) => {
    const place = (key: string): Pointer => ['serviceProcessAttributes', at, key]
    const group = groupOf(service, attribute)
    const { groupApiName, attributeType, fieldIdentifier } = attribute
    if (groupApiName !== undefined && group === undefined) {
      report(place('groupApiName'), message('there is no group "{name}"', { name: groupApiName }))
    }
    const entryOf = group?.isRepeated === true ? group.apiName : undefined
    const scope = processScope({ service, fields, index, entryOf })
    for (const key of ['visibilityFormula', 'errorConditionFormula'] as const) {
      checkFormula(check, attribute[key], { pointer: place(key), scope, result: truth })
    }
    const own = { pointer: place('defaultFormula'), scope: globalScope(index) }
    checkFormula(check, attribute.defaultFormula, own)
    if (attribute.dataType === 'Lookup' && attribute.objectField === undefined) {
      checkTargets(check, attribute.referenceTo, place('dataType'))
    }
    if (attributeType !== 'Base') return
    const request = index.outline('SvcCatalogRequest')
    const isKnown = request?.byName.has(fieldIdentifier?.toLowerCase() ?? '') === true
    if (request === undefined || isKnown) return
    const told = message('a base attribute names a field of SvcCatalogRequest in fieldIdentifier')
    report(place('attributeType'), told)
  })
}

function checkTargets({ report }: ProcessCheck, targets: unknown, pointer: Pointer): void {
  if (Array.isArray(targets) && targets.length > 0) return
  report(pointer, message('a lookup says in referenceTo to which objects it leads'))
}

function checkGroups(check: ProcessCheck): void {
  const { service, report, fields, index } = check
  service.serviceProcessItemGroups?.forEach((group, at) => {
    const place = (key: string): Pointer => ['serviceProcessItemGroups', at, key]
    const scope = processScope({ service, fields, index, entryOf: undefined })
    const { visibilityFormula: text, isRepeated, minEntries = 0, maxEntries } = group
    checkFormula(check, text, { pointer: place('visibilityFormula'), scope, result: truth })
    if (isRepeated !== true && group.choices !== undefined) {
      report(place('choices'), message('only a repeated group is chosen from records'))
    }
    if (maxEntries !== undefined && maxEntries < minEntries) {
      report(place('maxEntries'), message('maxEntries must not be less than minEntries'))
    }
  })
}

function checkScreens(check: ProcessCheck): void {
  const { service, report, fields, index } = check
  const placed = new Set<string>()
  const names = new Set<string>()
  service.screens?.forEach(({ name, groups, visibilityFormula }, at) => {
    const place = (key: string): Pointer => ['screens', at, key]
    if (names.has(name.toLowerCase())) {
      report(place('name'), message('the name "{name}" stands twice', { name }))
    }
    names.add(name.toLowerCase())
    const scope = processScope({ service, fields, index, entryOf: undefined })
    const at2 = { pointer: place('visibilityFormula'), scope, result: truth }
    checkFormula(check, visibilityFormula, at2)
    groups?.forEach((group, position) => {
      const pointer = [...place('groups'), position]
      if (service.serviceProcessItemGroups?.some((one) => one.apiName === group) !== true) {
        report(pointer, message('there is no group "{name}"', { name: group }))
      } else if (placed.has(group)) {
        report(pointer, message('the group "{name}" is asked by two steps', { name: group }))
      }
      placed.add(group)
    })
  })
}

function checkContexts({ service, fields, report }: ProcessCheck): void {
  service.contextObjects?.forEach(({ prefills }, at) =>
    prefills?.forEach(({ attribute: name }, position) => {
      const field = fieldNamed(fields, name)
      if (field !== undefined && field.repeatedIn === undefined) return
      const pointer = ['contextObjects', at, 'prefills', position, 'attribute']
      report(
        pointer,
        message('there is no attribute "{name}" outside of repeated groups', { name }),
      )
    }),
  )
}

function checkChoices(
  { fields, report, service }: ProcessCheck,
  choices: Readonly<ServiceProcessChoices>,
  { group, pointer }: { readonly group: string | undefined; readonly pointer: Pointer },
): void {
  const isRepeated = service.serviceProcessItemGroups?.some(
    (one) => one.apiName === group && one.isRepeated === true,
  )
  const ownGroup = isRepeated === true ? group : undefined
  choices.filters?.forEach(({ operator, value }, at) => {
    const place = [...pointer, 'filters', at, 'value']
    const reference = value?.elementReference
    if (value === undefined && operator !== 'IsNull') {
      report(place, message('a condition says with what it compares'))
    }
    if (reference === undefined || reference === '$Record') return
    const field = fieldNamed(fields, reference)
    const isInEntry = field?.repeatedIn === ownGroup
    if (field !== undefined && (field.repeatedIn === undefined || isInEntry)) return
    report(place, message('there is no attribute "{name}"', { name: reference }))
  })
  choices.outputAssignments?.forEach(({ assignToReference: name }, at) => {
    const field = fieldNamed(fields, name)
    if (field !== undefined && field.repeatedIn === ownGroup) return
    const place = [...pointer, 'outputAssignments', at, 'assignToReference']
    report(place, message('there is no attribute "{name}" in the same group', { name }))
  })
}
