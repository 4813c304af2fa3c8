/** What is wrong in approval processes, deadlines and the actions of both. */
import type { EmailTemplate, Workflow } from '../../../metadata/types.ts'
import { message, type Message } from '../../base/message.ts'
import type { Declaration, SourceProblem } from '../declaration.ts'
import type { Scope } from '../scope.ts'
import { problemAt, type Pointer } from '../source-problem.ts'
import { compileApproval } from './approval-plan.ts'
import { templateName } from '../emails/email-template.ts'
import { compileValue } from './criteria.ts'
import { compileEntitlement } from './entitlement-plan.ts'

/** Actions that approvals and deadlines may name and nobody does. */
const withoutEffect: ReadonlySet<string> = new Set(['OutboundMessage', 'KnowledgePublish', 'Send'])

/** Whom alerts find. */
const reachedRecipients: ReadonlySet<string> = new Set([
  'contactLookup',
  'creator',
  'email',
  'group',
  'owner',
  'user',
  'userLookup',
])

export interface ApprovalFindings {
  readonly problems: readonly SourceProblem[]
  /** Why parts have no effect. */
  readonly inert: readonly string[]
}

const none: ApprovalFindings = { problems: [], inert: [] }

export function checkApprovals(declaration: Declaration, index: Scope): ApprovalFindings {
  const found = findingsOf(declaration, index)
  if (found === undefined) return none
  const { type, fullName: name } = declaration
  return {
    problems: found.map(({ pointer, reason }) =>
      problemAt(declaration, pointer, {
        reason: message('{type} {name}: {reason}', { type, name, reason }),
      }),
    ),
    inert: inertParts(declaration),
  }
}

function inertParts(declaration: Declaration): readonly string[] {
  if (isOf(declaration, 'Workflow')) {
    const { fieldUpdates = [], alerts = [] }: Workflow = declaration.body
    return [
      ...fieldUpdates
        .filter(({ operation }) => operation === 'NextValue' || operation === 'PreviousValue')
        .map(({ fullName, operation }) => `field update ${fullName}: ${operation} is not acted on`),
      ...alerts.flatMap(({ fullName, recipients = [] }) =>
        recipients
          .filter(({ type }) => !reachedRecipients.has(type))
          .map(({ type }) => `alert ${fullName}: recipients of the type ${type} get nothing`),
      ),
    ]
  }
  const types = new Set(namedActions(declaration.body).filter((one) => withoutEffect.has(one)))
  return [...types].map((one) => `actions of the type ${one} are not taken`)
}

interface Found {
  readonly pointer: Pointer
  readonly reason: Message
}

function findingsOf(declaration: Declaration, index: Scope): readonly Found[] | undefined {
  if (isOf(declaration, 'ApprovalProcess')) {
    return compileApproval(declaration.body, declaration.fullName, index).findings
  }
  if (isOf(declaration, 'EntitlementProcess')) {
    return compileEntitlement(declaration.body, declaration.fullName, index).findings
  }
  return isOf(declaration, 'Workflow') ? checkWorkflow(declaration, index) : undefined
}

function isOf<Name extends 'ApprovalProcess' | 'EntitlementProcess' | 'Workflow'>(
  declaration: Declaration,
  type: Name,
): declaration is Declaration<Name> {
  return declaration.type === type
}

/** The types of all actions that a body names, wherever they stand. */
function namedActions(node: unknown): readonly string[] {
  if (Array.isArray(node)) return node.flatMap(namedActions)
  if (typeof node !== 'object' || node === null) return []
  const { name, type }: { readonly name?: unknown; readonly type?: unknown } = node
  const own = typeof name === 'string' && typeof type === 'string' ? [type] : []
  return [...own, ...Object.values(node).flatMap(namedActions)]
}

function checkWorkflow(
  { body, fullName: object }: Declaration<'Workflow'>,
  index: Scope,
): readonly Found[] {
  const outline = index.outline(object)
  if (outline === undefined) {
    return [{ pointer: [], reason: message('there is no object {object}', { object }) }]
  }
  const { fieldUpdates = [], alerts = [] }: Workflow = body
  const missing = alerts.flatMap(({ template }, at): readonly Found[] => {
    const reason = templateFault(index, outline.name, template)
    return reason === undefined ? [] : [{ pointer: ['alerts', at, 'template'], reason }]
  })
  const wrong = fieldUpdates.flatMap((update, at): readonly Found[] => {
    const pointer = ['fieldUpdates', at]
    if (update.operation === 'Literal' && update.literalValue === undefined) {
      return [{ pointer, reason: message('a literal field update has a literalValue') }]
    }
    if (update.operation !== 'Formula') return []
    const { problem } = compileValue(index, outline.name, update.formula ?? '')
    return problem === undefined ? [] : [{ pointer: [...pointer, 'formula'], reason: problem.told }]
  })
  return [...missing, ...wrong]
}

function templateFault(index: Scope, object: string, template: string): Message | undefined {
  const name = templateName(template)
  const found = index.component('EmailTemplate', name)
  if (found === undefined) return message('there is no EmailTemplate {name}', { name })
  // What is found under the name of a type is of that type.
  const { relatedEntityType: other } = found.body as EmailTemplate
  if (other === undefined || other.toLowerCase() === object.toLowerCase()) return undefined
  return message('the EmailTemplate {name} is about records of {other}', { name, other })
}
