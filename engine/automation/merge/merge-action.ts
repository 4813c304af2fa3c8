/** The invocable action of merging: by flows, programs and the dialog of the screens. */
import { message } from '../../base/message.ts'
import { refuse } from '../../base/refusal.ts'
import type { RecordBody } from '../../records/records.ts'
import type { ActionValues, InvocableAction } from '../actions/action.ts'
import { mergeRecords } from './merge-records.ts'

export const mergeAction: InvocableAction = {
  name: 'mergeRecords',
  type: 'mergeRecords',
  label: 'Merge records',
  description:
    'Makes several records one: the one that stays gets what belongs to the others, which go to the recycle bin.',
  inputs: [
    {
      name: 'recordId',
      label: 'Record that stays',
      description: 'An account, a contact, a lead or a case.',
      type: 'ID',
      required: true,
    },
    {
      name: 'recordToMergeIds',
      label: 'Records that become part of it',
      description: 'One or two of the same object.',
      type: 'ID',
      required: true,
      isList: true,
    },
    {
      name: 'values',
      label: 'Values it takes',
      description: 'Fields and values, as in a change of the record.',
      type: 'ANY',
    },
  ],
  outputs: [
    {
      name: 'mergedRecordIds',
      label: 'Merged records',
      description: 'What lies in the recycle bin now.',
      type: 'ID',
      isList: true,
    },
    {
      name: 'updatedRelatedIds',
      label: 'Related records',
      description: 'What belonged to them.',
      type: 'ID',
      isList: true,
    },
  ],
  async run(call, all) {
    const answers: ActionValues[] = []
    for (const input of all) {
      const { mergedIds, relatedIds } = await mergeRecords(call, {
        master: String(input.get('recordId')),
        others: idsOf(input.get('recordToMergeIds')),
        values: bodyOf(input.get('values') ?? {}),
      })
      answers.push(
        new Map([
          ['mergedRecordIds', mergedIds],
          ['updatedRelatedIds', relatedIds],
        ]),
      )
    }
    return answers
  },
}

function idsOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).map(String)
}

function bodyOf(value: unknown): RecordBody {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return new Map(Object.entries(value))
  }
  throw refuse('INVALID_ARGUMENT', message('"values" are fields and their values.'), {
    fields: ['values'],
  })
}
