/** A trade that the product knows nothing of, visitors of a company, from metadata alone: object, queue, flows, guided process, action plan, approval, deadline. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApi, type Api, type Json } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const data = '/services/data/v67.0'
const own = '/services/fieldstone/v1'
const setUpMs = 240_000

const next = (targetReference: string) => ({ connector: { targetReference } })
const reference = (elementReference: string) => ({ elementReference })

const visit = {
  label: 'Visit',
  pluralLabel: 'Visits',
  deploymentStatus: 'Deployed',
  sharingModel: 'ReadWrite',
  enableQueues: true,
  nameField: { type: 'AutoNumber', label: 'Visit', displayFormat: 'V-{0000}' },
  fields: [
    { fullName: 'Visitor__c', label: 'Visitor', type: 'Text', length: 80, required: true },
    { fullName: 'Day__c', label: 'Day', type: 'Date', required: true },
    { fullName: 'Host__c', label: 'Host', type: 'Lookup', referenceTo: ['User'] },
    { fullName: 'Entry__c', label: 'Entry', type: 'Text', length: 20 },
    { fullName: 'Badge__c', label: 'Badge', type: 'Text', length: 20 },
    {
      fullName: 'Area__c',
      label: 'Area',
      type: 'Picklist',
      valueSet: {
        restricted: true,
        valueSetDefinition: {
          sorted: false,
          value: [
            { fullName: 'Office', label: 'Office', default: true },
            { fullName: 'Laboratory', label: 'Laboratory', default: false },
          ],
        },
      },
    },
  ],
  validationRules: [
    {
      fullName: 'Not_yesterday',
      active: true,
      errorConditionFormula: 'AND(ISNEW(), Day__c < TODAY())',
      errorMessage: 'Nobody comes yesterday.',
      errorDisplayField: 'Day__c',
    },
  ],
}

const reception = {
  name: 'Reception',
  queueSobject: [{ sobjectType: 'Visit__c' }],
}

/** Before a visit is saved it has its badge. */
const badge = {
  label: 'Badge of a visit',
  status: 'Active',
  processType: 'AutoLaunchedFlow',
  start: {
    object: 'Visit__c',
    triggerType: 'RecordBeforeSave',
    recordTriggerType: 'Create',
    ...next('By_area'),
  },
  decisions: [
    {
      name: 'By_area',
      defaultConnector: { targetReference: 'Set_badge' },
      defaultConnectorLabel: 'Office',
      rules: [
        {
          name: 'Laboratory',
          label: 'Laboratory',
          conditionLogic: 'and',
          conditions: [
            {
              leftValueReference: '$Record.Area__c',
              operator: 'EqualTo',
              rightValue: { stringValue: 'Laboratory' },
            },
          ],
          ...next('Set_red'),
        },
      ],
    },
  ],
  assignments: [
    {
      name: 'Set_badge',
      assignmentItems: [
        {
          assignToReference: '$Record.Badge__c',
          operator: 'Assign',
          value: { stringValue: 'white' },
        },
      ],
    },
    {
      name: 'Set_red',
      assignmentItems: [
        {
          assignToReference: '$Record.Badge__c',
          operator: 'Assign',
          value: { stringValue: 'red' },
        },
      ],
    },
  ],
}

/** What a submitted registration starts: the visit goes to the reception, and the work on it begins. */
const welcome = {
  label: 'Welcome a visitor',
  status: 'Active',
  processType: 'AutoLaunchedFlow',
  start: next('Find_queue'),
  variables: [
    { name: 'Visit', dataType: 'String', isInput: true },
    { name: 'Day', dataType: 'Date', isInput: true },
    { name: 'Area', dataType: 'String', isInput: true },
  ],
  recordLookups: [
    {
      name: 'Find_queue',
      object: 'Group',
      getFirstRecordOnly: true,
      storeOutputAutomatically: true,
      filters: [
        { field: 'DeveloperName', operator: 'EqualTo', value: { stringValue: 'Reception' } },
      ],
      ...next('Give_to_queue'),
    },
    {
      name: 'Find_template',
      object: 'ActionPlanTemplateVersion',
      getFirstRecordOnly: true,
      storeOutputAutomatically: true,
      filters: [
        { field: 'Name', operator: 'EqualTo', value: { stringValue: 'Visit' } },
        { field: 'Status', operator: 'EqualTo', value: { stringValue: 'Final' } },
      ],
      ...next('Start_plan'),
    },
  ],
  recordUpdates: [
    {
      name: 'Give_to_queue',
      object: 'Visit__c',
      filters: [{ field: 'Id', operator: 'EqualTo', value: reference('Visit') }],
      inputAssignments: [{ field: 'OwnerId', value: reference('Find_queue.Id') }],
      ...next('Find_template'),
    },
  ],
  actionCalls: [
    {
      name: 'Start_plan',
      actionType: 'createActionPlan',
      actionName: 'createActionPlan',
      inputParameters: [
        { name: 'actionPlanTemplateVersionId', value: reference('Find_template.Id') },
        { name: 'targetId', value: reference('Visit') },
        { name: 'startDate', value: reference('Day') },
      ],
      ...next('Which_area'),
    },
    {
      name: 'Ask_reception',
      actionType: 'submit',
      actionName: 'submit',
      inputParameters: [
        { name: 'objectId', value: reference('Visit') },
        { name: 'comment', value: { stringValue: 'Somebody comes to the laboratory' } },
      ],
    },
  ],
  decisions: [
    {
      name: 'Which_area',
      defaultConnectorLabel: 'Others',
      rules: [
        {
          name: 'To_laboratory',
          label: 'Laboratory',
          conditionLogic: 'and',
          conditions: [
            {
              leftValueReference: 'Area',
              operator: 'EqualTo',
              rightValue: { stringValue: 'Laboratory' },
            },
          ],
          ...next('Ask_reception'),
        },
      ],
    },
  ],
}

const entry = {
  fieldUpdates: ['Asked', 'Allowed', 'Denied'].map((word) => ({
    fullName: word,
    field: 'Entry__c',
    operation: 'Literal',
    literalValue: word,
  })),
}
const entryIs = (name: string) => ({ action: [{ name, type: 'FieldUpdate' }] })

/** Who comes to the laboratory is let in by the reception. */
const approval = {
  label: 'Entry to the laboratory',
  active: true,
  allowedSubmitters: [{ type: 'allInternalUsers' }],
  entryCriteria: {
    criteriaItems: [{ field: 'Visit__c.Area__c', operation: 'equals', value: 'Laboratory' }],
  },
  approvalPageFields: { field: ['Visitor__c', 'Day__c'] },
  approvalStep: [
    {
      name: 'Reception',
      label: 'Reception',
      assignedApprover: { approver: [{ type: 'queue', name: 'Reception' }] },
    },
  ],
  initialSubmissionActions: entryIs('Asked'),
  finalApprovalActions: entryIs('Allowed'),
  finalRejectionActions: entryIs('Denied'),
}

/** Within an hour it is known who comes in. */
const deadlines = {
  SObjectType: 'Visit__c',
  active: true,
  entryCriteriaFormula: 'ISPICKVAL(Area__c, "Laboratory")',
  milestones: [
    {
      milestoneName: 'Entry',
      completionFormula: 'OR(Entry__c = "Allowed", Entry__c = "Denied")',
      minutesToComplete: 60,
    },
  ],
}

const registration = {
  processLabel: 'Register a visitor',
  usageType: 'Employee',
  status: 'Published',
  serviceProcessItemGroups: [{ apiName: 'Who', groupName: 'Who comes', sortOrder: 1 }],
  serviceProcessAttributes: [
    { developerName: 'Visitor', label: 'Visitor', objectField: 'Visit__c.Visitor__c' },
    { developerName: 'Day', label: 'Day', objectField: 'Visit__c.Day__c' },
    { developerName: 'Area', label: 'Area', objectField: 'Visit__c.Area__c' },
  ].map((one, at) => ({ ...one, groupApiName: 'Who', isRequired: true, sortOrder: at + 1 })),
  screens: [{ name: 'Who', label: 'Who comes', groups: ['Who'] }],
  recordCreates: [
    {
      name: 'Visit',
      object: 'Visit__c',
      inputAssignments: [
        { field: 'Visitor__c', value: reference('Visitor') },
        { field: 'Day__c', value: reference('Day') },
        { field: 'Area__c', value: reference('Area') },
      ],
    },
  ],
  serviceProcessDependencies: [
    {
      dependencyReference: 'Welcome_Visitor',
      processStepName: 'FulfillmentFlow',
      type: 'FlowDefinition',
    },
  ],
}

describe.each(databases)('visitors of a company on $name', (database) => {
  let api: Api
  const ask = (method: string, path: string, body?: unknown) =>
    api.ask(method, path, { as: 'admin', ...(body === undefined ? {} : { body }) })
  const admin = async (method: string, path: string, body?: unknown): Promise<Json> => {
    const told = await ask(method, path, body)
    expect(told.status, `${method} ${path}: ${told.text}`).toBeLessThan(300)
    return told.json
  }
  const create = async (object: string, body: object): Promise<string> =>
    String((await admin('POST', `${data}/sobjects/${object}`, body))['id'])
  const rows = async (soql: string): Promise<Json> =>
    (await admin('GET', `${data}/query?q=${encodeURIComponent(soql)}`))['records'] as Json

  interface Field {
    readonly fullName: string
    readonly referenceTo?: readonly string[]
    readonly valueSet?: { readonly valueSetDefinition: { readonly value: readonly object[] } }
  }

  /** An object as it is, with more that one of its fields may hold. */
  async function widened(object: string, name: string): Promise<object> {
    const path = `${own}/metadata/CustomObject/${object}`
    const body = (await admin('GET', path)) as unknown as { readonly fields: readonly Field[] }
    const widen = (field: Field): Field => {
      if (field.fullName !== name) return field
      if (field.referenceTo) return { ...field, referenceTo: [...field.referenceTo, 'Visit__c'] }
      const { valueSet } = field
      const value = [
        ...(valueSet?.valueSetDefinition.value ?? []),
        { fullName: 'Visit__c', label: 'Visit', default: false },
      ]
      return {
        ...field,
        valueSet: { restricted: true, valueSetDefinition: { sorted: false, value } },
      } as Field
    }
    const wider = { ...body, fields: body.fields.map(widen) }
    return { type: 'CustomObject', fullName: object, body: wider }
  }

  beforeAll(async () => {
    api = await openApi(database)
    const changes = [
      { type: 'CustomObject', fullName: 'Visit__c', body: visit },
      await widened('Task', 'WhatId'),
      await widened('ActionPlan', 'TargetId'),
      await widened('EntityMilestone', 'ParentEntityId'),
      await widened('ActionPlanTemplate', 'TargetEntityType'),
      { type: 'Queue', fullName: 'Reception', body: reception },
      { type: 'Workflow', fullName: 'Visit__c', body: entry },
      { type: 'ApprovalProcess', fullName: 'Visit__c.Laboratory', body: approval },
      { type: 'EntitlementProcess', fullName: 'Visits', body: deadlines },
      { type: 'Flow', fullName: 'Visit_Badge', body: badge },
      { type: 'Flow', fullName: 'Welcome_Visitor', body: welcome },
      { type: 'ServiceProcess', fullName: 'Register_Visitor', body: registration },
    ]
    const plan = await admin('POST', `${own}/plans`, { changes })
    await admin('POST', `${own}/plans/${String(plan['id'])}/apply`, { consent: true })
    const template = await create('ActionPlanTemplate', {
      Name: 'Visit',
      UniqueName: 'Visit',
      TargetEntityType: 'Visit__c',
      ActionPlanType: 'Industries',
    })
    const [version] = await rows(
      `SELECT Id FROM ActionPlanTemplateVersion WHERE ActionPlanTemplateId = '${template}'`,
    )
    const versionId = String(version?.['Id'])
    const item = await create('ActionPlanTemplateItem', {
      ActionPlanTemplateVersionId: versionId,
      Name: 'Prepare the badge',
      UniqueName: 'Prepare_badge',
      ItemEntityType: 'Task',
      DisplayOrder: 1,
      IsRequired: true,
    })
    await create('ActionPlanTemplateItemValue', {
      ActionPlanTemplateItemId: item,
      Name: 'ActivityDate',
      ItemEntityFieldName: 'Task.ActivityDate',
      ValueFormula: 'StartDate - 1',
    })
    await admin('PATCH', `${data}/sobjects/ActionPlanTemplateVersion/${versionId}`, {
      Name: 'Visit',
      Status: 'Final',
    })
  }, setUpMs)
  afterAll(() => api.close())

  const register = async (answers: object) => {
    const { id } = (await admin('POST', `${own}/process-runs`, {
      process: 'Register_Visitor',
    })) as unknown as { id: string }
    const told = await ask('POST', `${own}/process-runs/${id}/steps`, { screen: 'Who', answers })
    expect(told.status, told.text).toBe(200)
    return ask('POST', `${own}/process-runs/${id}/submit`)
  }

  it('are registered by a guided process; the reception has the visit, its badge, and the work on it', async () => {
    const told = await register({ Visitor: 'Grace', Day: '2099-05-06', Area: 'Laboratory' })
    expect(told.status, told.text).toBe(200)
    const [made] = await rows(
      'SELECT Id, Visitor__c, Badge__c, Owner.Name, Owner.Type FROM Visit__c',
    )
    expect(made).toMatchObject({ Visitor__c: 'Grace', Badge__c: 'red' })
    expect(made?.['Owner']).toMatchObject({ Name: 'Reception', Type: 'Queue' })
    const tasks = await rows(
      `SELECT Subject, ActivityDate FROM Task WHERE WhatId = '${String(made?.['Id'])}'`,
    )
    expect(tasks).toMatchObject([{ Subject: 'Prepare the badge', ActivityDate: '2099-05-05' }])
    const plans = await rows('SELECT Target.Type FROM ActionPlan')
    expect(plans).toMatchObject([{ Target: { Type: 'Visit__c' } }])
  })

  it('are let into the laboratory by the reception, and elsewhere without', async () => {
    await register({ Visitor: 'Olaf', Day: '2099-05-06', Area: 'Office' })
    const entries = () => rows('SELECT Visitor__c, Entry__c FROM Visit__c ORDER BY Visitor__c')
    expect(await entries()).toMatchObject([
      { Visitor__c: 'Grace', Entry__c: 'Asked' },
      { Visitor__c: 'Olaf', Entry__c: null },
    ])
    const [group] = await rows("SELECT Id FROM Group WHERE DeveloperName = 'Reception'")
    const path = `${own}/approvals`
    expect((await api.ask('GET', path, { as: 'rep' })).json).toEqual([])
    await create('GroupMember', { GroupId: group?.['Id'], UserOrGroupId: api.repId })
    const asked = await api.ask('GET', path, { as: 'rep' })
    expect(asked.json).toMatchObject([
      { objectLabel: 'Visit', step: 'Reception', comments: 'Somebody comes to the laboratory' },
    ])
    const contextId = asked.json[0]?.['id']
    const told = await api.ask('POST', `${data}/process/approvals`, {
      as: 'rep',
      body: { requests: [{ actionType: 'Approve', contextId }] },
    })
    expect(told.json).toMatchObject([{ success: true, instanceStatus: 'Approved' }])
    expect((await entries())[0]).toMatchObject({ Visitor__c: 'Grace', Entry__c: 'Allowed' })
    const soql = 'SELECT MilestoneType.Name, IsCompleted, IsViolated FROM EntityMilestone'
    expect(await rows(soql)).toMatchObject([
      { MilestoneType: { Name: 'Entry' }, IsCompleted: true, IsViolated: false },
    ])
  })

  it('whose registration is refused leave nothing, nor does one whose flow is not active', async () => {
    const refused = await register({ Visitor: 'Late', Day: '2001-05-06', Area: 'Office' })
    expect(refused.json[0]).toMatchObject({ message: 'Nobody comes yesterday.', fields: ['Day'] })
    const path = `${own}/metadata/Flow/Welcome_Visitor`
    await admin('PUT', path, { ...welcome, fullName: 'Welcome_Visitor', status: 'Draft' })
    const without = await register({ Visitor: 'Late', Day: '2099-05-06', Area: 'Office' })
    expect(without.json[0]?.['message']).toContain('Welcome_Visitor')
    expect(await rows("SELECT Id FROM Visit__c WHERE Visitor__c = 'Late'")).toEqual([])
  })
})
