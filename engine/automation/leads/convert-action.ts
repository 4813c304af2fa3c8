/** The invocable action of converting leads: by programs, flows and the dialog of the screens. */
import type { ActionParameter, ActionValues, InvocableAction } from '../actions/action.ts'
import { statusChoices } from './converted-status.ts'
import { convertLead, type ConversionAsked } from './convert-lead.ts'

const inputs: readonly ActionParameter[] = [
  {
    name: 'leadId',
    label: 'Lead',
    description: 'The lead that became a customer.',
    type: 'ID',
    required: true,
  },
  {
    name: 'convertedStatus',
    label: 'Status',
    description: 'A status that is marked as converted.',
    type: 'STRING',
    required: true,
    choices: statusChoices,
  },
  {
    name: 'accountId',
    label: 'Account',
    description: 'One that is there already; made from the company where it is empty.',
    type: 'ID',
  },
  {
    name: 'contactId',
    label: 'Contact',
    description: 'One of that account; made from the person where it is empty.',
    type: 'ID',
  },
  {
    name: 'opportunityId',
    label: 'Opportunity',
    description: 'One of that account.',
    type: 'ID',
  },
  {
    name: 'opportunityName',
    label: 'Opportunity name',
    description: 'Of the one that is made; that of the company where it is empty.',
    type: 'STRING',
  },
  {
    name: 'doNotCreateOpportunity',
    label: 'No opportunity',
    description: 'Makes none.',
    type: 'BOOLEAN',
  },
  {
    name: 'overwriteLeadSource',
    label: 'Overwrite lead source',
    description: 'The contact that is there already gets the source of the lead.',
    type: 'BOOLEAN',
  },
  {
    name: 'ownerId',
    label: 'Owner',
    description: 'Who owns what is made; the owner of the lead where it is empty.',
    type: 'ID',
  },
]

export const convertAction: InvocableAction = {
  name: 'convertLead',
  type: 'convertLead',
  label: 'Convert lead',
  description: 'Makes an account, a contact and an opportunity of a lead.',
  inputs,
  outputs: [
    { name: 'accountId', label: 'Account', description: 'What it became.', type: 'ID' },
    { name: 'contactId', label: 'Contact', description: 'Whom it became.', type: 'ID' },
    { name: 'opportunityId', label: 'Opportunity', description: 'What came of it.', type: 'ID' },
  ],
  async run(call, all) {
    const answers: ActionValues[] = []
    for (const input of all) {
      const { accountId, contactId, opportunityId } = await convertLead(call, asked(input))
      answers.push(
        new Map([
          ['accountId', accountId],
          ['contactId', contactId],
          ['opportunityId', opportunityId ?? null],
        ]),
      )
    }
    return answers
  },
}

function asked(input: ActionValues): ConversionAsked {
  const text = (name: string): string | undefined => {
    const value = input.get(name)
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  return {
    leadId: text('leadId') ?? '',
    convertedStatus: text('convertedStatus') ?? '',
    accountId: text('accountId'),
    contactId: text('contactId'),
    opportunityId: text('opportunityId'),
    ownerId: text('ownerId'),
    opportunityName: text('opportunityName'),
    makesOpportunity: input.get('doNotCreateOpportunity') !== true,
    overwritesLeadSource: input.get('overwriteLeadSource') === true,
  }
}
