/** Approvals as queries see them, under the public names: which were asked for, who decided what, and whose turn it is. */
import {
  authored,
  common,
  filled,
  id,
  leading,
  lookupTo,
  optional,
  plain,
  word,
  type LedgerField,
  type LedgerShape,
  type LedgerTable,
} from './ledger-shape.ts'
import { sentenceType } from './ledger-fields.ts'
import type { ChildRelationship, LedgerReaders } from './model.ts'

export const processDefinitionTable: LedgerTable = {
  name: 'fs_process_definition',
  keyPrefix: '04a',
  columns: [...common, filled('label'), filled('name'), filled('object'), filled('state')],
  indexes: [['name']],
}

export const processInstanceTable: LedgerTable = {
  name: 'fs_process_instance',
  keyPrefix: '04g',
  columns: [
    ...common,
    { name: 'definition_id', kind: id },
    { name: 'target_id', kind: id },
    filled('status'),
    // Full name of the process, and the place of the step that waits.
    filled('process'),
    { name: 'step', kind: { kind: 'integer' } },
    { name: 'submitted_by', kind: id },
    { name: 'completed_at', kind: { kind: 'instant' }, nullable: true },
    { name: 'last_actor', kind: id, nullable: true },
  ],
  indexes: [['target_id', 'CreatedDate'], ['submitted_by']],
}

export const processStepTable: LedgerTable = {
  name: 'fs_process_step',
  keyPrefix: '04h',
  columns: [
    ...common,
    { name: 'instance_id', kind: id },
    filled('status'),
    filled('step_name'),
    { name: 'original_actor', kind: id },
    { name: 'actor', kind: id },
    optional('comments'),
    optional('comments__folded'),
  ],
  indexes: [['instance_id']],
}

export const processWorkitemTable: LedgerTable = {
  name: 'fs_process_workitem',
  keyPrefix: '04i',
  columns: [
    ...common,
    { name: 'instance_id', kind: id },
    filled('step_name'),
    { name: 'original_actor', kind: id },
    { name: 'actor', kind: id },
  ],
  indexes: [['instance_id'], ['actor']],
}

export const approvalObjectTables: readonly LedgerTable[] = [
  processDefinitionTable,
  processInstanceTable,
  processStepTable,
  processWorkitemTable,
]

/** Who takes part in which approval: people, and queues. */
export const approvalPartyTable = 'fs_approval_party'

const parties = (column: string): LedgerReaders => ({
  kind: 'parties',
  permission: 'ViewAllData',
  column,
})

function person(name: string, label: string, column: string): LedgerField {
  return plain('Lookup', { name, label, column, options: { referenceTo: ['User', 'Group'] } })
}

const instanceLookup = lookupTo('ProcessInstance', {
  name: 'ProcessInstanceId',
  label: 'Approval',
  column: 'instance_id',
})

function child(childObject: string, relationshipName: string): ChildRelationship {
  return Object.freeze({
    childObject,
    field: 'ProcessInstanceId',
    relationshipName,
    onDelete: 'Keep',
    kind: 'Lookup',
  })
}

export const approvalShapes: readonly LedgerShape[] = [
  {
    name: 'ProcessDefinition',
    label: 'Approval Process',
    plural: 'Approval Processes',
    table: processDefinitionTable,
    nameField: 'Name',
    fields: [
      ...leading,
      ...authored,
      word('Name', 'Name', 'label'),
      word('DeveloperName', 'API Name', 'name'),
      word('TableEnumOrId', 'Object', 'object'),
      word('State', 'State', 'state'),
    ],
    readers: { kind: 'everybody' },
  },
  {
    name: 'ProcessInstance',
    label: 'Approval',
    plural: 'Approvals',
    table: processInstanceTable,
    nameField: 'Status',
    fields: [
      ...leading,
      ...authored,
      lookupTo('ProcessDefinition', {
        name: 'ProcessDefinitionId',
        label: 'Approval Process',
        column: 'definition_id',
      }),
      plain('Id', { name: 'TargetObjectId', label: 'Record', column: 'target_id' }),
      word('Status', 'Status', 'status'),
      lookupTo('User', { name: 'SubmittedById', label: 'Submitted By', column: 'submitted_by' }),
      plain('DateTime', { name: 'CompletedDate', label: 'Completed Date', column: 'completed_at' }),
      lookupTo('User', { name: 'LastActorId', label: 'Last Actor', column: 'last_actor' }),
    ],
    readers: parties('Id'),
    children: [
      child('ProcessInstanceStep', 'Steps'),
      child('ProcessInstanceWorkitem', 'Workitems'),
    ],
  },
  {
    name: 'ProcessInstanceStep',
    label: 'Approval Step',
    plural: 'Approval Steps',
    table: processStepTable,
    nameField: 'StepStatus',
    fields: [
      ...leading,
      ...authored,
      instanceLookup,
      word('StepStatus', 'Step Status', 'status'),
      word('StepName', 'Step', 'step_name'),
      person('OriginalActorId', 'Assigned To', 'original_actor'),
      person('ActorId', 'Actor', 'actor'),
      { name: 'Comments', label: 'Comments', type: sentenceType, column: 'comments' },
    ],
    readers: parties('instance_id'),
  },
  {
    name: 'ProcessInstanceWorkitem',
    label: 'Approval Request',
    plural: 'Approval Requests',
    table: processWorkitemTable,
    nameField: 'StepName',
    fields: [
      ...leading,
      ...authored,
      instanceLookup,
      word('StepName', 'Step', 'step_name'),
      person('OriginalActorId', 'Assigned To', 'original_actor'),
      person('ActorId', 'Actor', 'actor'),
    ],
    readers: parties('instance_id'),
  },
]
