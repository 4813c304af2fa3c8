/** A converted lead tells what was: nobody changes it any more but whoever may change all leads, and the system itself. */
import type { HookOutcome, RecordHooks } from '../../records/hooks/record-hooks.ts'
import { nothing } from '../combine-hooks.ts'
import { leadObject } from './lead-fields.ts'
import { convertedMessage, isConvertedField } from './read-lead.ts'

export const convertedLeadHooks: RecordHooks = {
  has: (object, event) => object === leadObject && event === 'beforeUpdate',
  call: async ({ rows, caller }) => {
    const isFree = caller.access.mayObject(leadObject, 'modifyAll')
    return rows.map(({ old }) =>
      !isFree && old?.get(isConvertedField) === true ? refused : nothing,
    )
  },
}

const refused: HookOutcome = {
  changes: new Map(),
  errors: [{ errorCode: 'CANNOT_UPDATE_CONVERTED_LEAD', message: convertedMessage }],
}
