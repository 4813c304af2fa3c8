/** Action plan templates as components that are kept as records. */
import type { ActionPlanTemplate } from '../../../../metadata/types.ts'
import { inEnglish, message, type Message } from '../../../base/message.ts'
import { Refusal, refuse } from '../../../base/refusal.ts'
import type { Clock } from '../../../base/clock.ts'
import {
  ComponentsRefused,
  RehearsedDeploy,
  type ComponentProblem,
  type RecordComponentChange,
  type RecordComponents,
  type SaveHow,
} from '../../../deploy/package/record-components.ts'
import type { Author } from '../../../deploy/plan.ts'
import type { ModelChange } from '../../../model/compare-models.ts'
import type { Declaration } from '../../../model/declaration.ts'
import type { Model } from '../../../model/model.ts'
import { parseComponent } from '../../../model/parse-declarations.ts'
import type { Models } from '../../../records/record-parts.ts'
import type { Caller, Records } from '../../../records/records.ts'
import type { Reading } from '../../read-rows.ts'
import { versionProblems } from '../check-version.ts'
import { planUnit } from '../plan-unit.ts'
import type { TemplateVersion } from '../template-content.ts'
import { readTemplates } from './read-templates.ts'
import { removeTemplate, renameTemplate, saveTemplate } from './save-template.ts'
import { bodyProblems, itemsOf, templateType } from './template-body.ts'

export interface TemplateComponentsParts {
  readonly records: Records
  readonly models: Models
  readonly clock: Clock
  /** Undefined for somebody who may not do anything any more. */
  readonly callerOf: (userId: string, limitedTo?: string) => Promise<Caller | undefined>
}

export function createTemplateComponents(parts: TemplateComponentsParts): RecordComponents {
  const { records, models } = parts
  return {
    read: async (_type, by, names) => {
      if (models.current().object(templateType) === undefined) return []
      const caller = await requireCaller(parts, by)
      const found = await readTemplates({ records, caller }, names)
      return found.map(({ body }) => declarationOf(body))
    },
    check: async (changes, { by, model = models.current() }) => {
      const caller = await requireCaller(parts, by)
      const unit = { records, caller, model, clock: parts.clock }
      const problems: ComponentProblem[] = []
      for (const change of changes) {
        const told = await problemsOf(unit, change)
        problems.push(...told.map((one) => problemOf(change, one)))
      }
      return problems
    },
    save: async (changes, how) => {
      const caller = await requireCaller(parts, how.by)
      if (how.within === undefined) return inOwnUnit(parts, changes, { caller, keep: how.keep })
      const { tx, model } = how.within
      return saveAll({ records: records.within(tx, model), caller }, changes)
    },
  }
}

async function requireCaller({ callerOf }: TemplateComponentsParts, by: Author): Promise<Caller> {
  const caller = await callerOf(by.id, by.limitedTo)
  if (caller !== undefined) return { ...caller, source: 'api' }
  const told = message('{name} may not sign in any more.', { name: by.name })
  throw refuse('INSUFFICIENT_ACCESS', told)
}

function declarationOf(body: ActionPlanTemplate): Declaration<'ActionPlanTemplate'> {
  return { type: templateType, fullName: body.fullName, body }
}

async function inOwnUnit(
  { records }: TemplateComponentsParts,
  changes: readonly RecordComponentChange[],
  { caller, keep }: { readonly caller: Caller } & Pick<SaveHow, 'keep'>,
): Promise<readonly ModelChange[]> {
  try {
    return await records.together(async (within) => {
      const saved = await saveAll({ records: within, caller }, changes)
      if (!keep) throw new RehearsedDeploy(saved)
      return saved
    })
  } catch (error) {
    if (error instanceof RehearsedDeploy) return error.changes
    throw error
  }
}

/** One after the other; the first that is refused ends the unit of work. */
async function saveAll(
  by: Reading,
  changes: readonly RecordComponentChange[],
): Promise<readonly ModelChange[]> {
  const saved: ModelChange[] = []
  for (const change of changes) {
    try {
      const done = await saveOne(by, change)
      if (done !== undefined) saved.push(done)
    } catch (error) {
      if (!(error instanceof Refusal) || error.status >= 500) throw error
      throw new ComponentsRefused([problemOf(change, error.message)])
    }
  }
  return saved
}

async function saveOne(
  by: Reading,
  change: RecordComponentChange,
): Promise<ModelChange | undefined> {
  const { type, fullName } = change
  if ('delete' in change) {
    await removeTemplate(by, fullName)
    return { type, fullName, change: 'delete' }
  }
  if ('renameTo' in change) {
    await renameTemplate(by, fullName, change.renameTo)
    return { type, fullName: change.renameTo, change: 'rename', from: fullName }
  }
  const { declaration } = parsed(change)
  if (declaration === undefined) throw new Error(`${fullName} was not checked before it was saved`)
  const done = await saveTemplate(by, declaration.body)
  return done === undefined ? undefined : { type, fullName, change: done }
}

interface Checking {
  readonly records: Records
  readonly caller: Caller
  readonly model: Model
  readonly clock: Clock
}

/** What is to be published is checked as its version will be. */
async function problemsOf(
  checking: Checking,
  change: RecordComponentChange,
): Promise<readonly (Message | string)[]> {
  if (!('body' in change)) return []
  if (checking.model.object(templateType) === undefined) {
    return [message('there is no object {object}', { object: templateType })]
  }
  const { declaration, problems } = parsed(change)
  if (declaration === undefined) return problems
  const { body } = declaration
  const own = bodyProblems(body)
  if (own.length > 0 || body.status !== 'Final') return own
  return versionProblems(planUnit(checking), versionOf(body))
}

interface Parsed {
  readonly declaration: Declaration<'ActionPlanTemplate'> | undefined
  readonly problems: readonly string[]
}

function parsed({ fullName, body }: Extract<RecordComponentChange, { body: unknown }>): Parsed {
  const { declarations, problems } = parseComponent(templateType, fullName, body)
  const [one] = declarations
  return {
    declaration: one !== undefined && isTemplate(one) ? one : undefined,
    problems: problems.map(({ reason, suggestion }) =>
      suggestion === undefined ? reason : `${reason} (${suggestion})`,
    ),
  }
}

function isTemplate(one: Declaration): one is Declaration<'ActionPlanTemplate'> {
  return one.type === templateType
}

function versionOf(body: ActionPlanTemplate): TemplateVersion {
  return {
    id: '',
    number: 1,
    templateId: '',
    templateName: body.name,
    status: 'Draft',
    targetObject: body.targetEntityType,
    type: body.actionPlanType,
    takesMoreItems: body.isAdHocItemCreationEnabled ?? false,
    items: itemsOf(body),
  }
}

function problemOf(
  { type, fullName }: Pick<RecordComponentChange, 'type' | 'fullName'>,
  told: Message | string,
): ComponentProblem {
  const reason = typeof told === 'string' ? told : inEnglish(told)
  return { component: `${type}:${fullName}`, reason }
}
