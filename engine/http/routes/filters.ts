/** Filters of lookups while they are written: what is wrong with one, condition by condition. */
import { message } from '../../base/message.ts'
import type { FilterItem } from '../../../metadata/types.ts'
import { refuse, type Refusal } from '../../base/refusal.ts'
import { indexOf } from '../../model/compile-model.ts'
import { compileLookupFilter, filterOperations } from '../../model/lookup-filters.ts'
import type { AppParts } from '../app-parts.ts'
import { jsonObject, textMember } from '../json-request.ts'
import { json } from '../respond.ts'
import { wordsFor } from '../language-of.ts'
import { setupRoute, type Call, type Route } from '../route.ts'
import { own } from './addresses.ts'

type Parts = Pick<AppParts, 'deployer'>

export function filterRoutes(parts: Parts): readonly Route[] {
  return [setupRoute('POST', `${own}/lookup-filters/check`, (call) => check(parts, call))]
}

/** `{ "object", "target", "booleanFilter", "filterItems" }` → `{ "problems": [{ "item", "message" }] }`. */
async function check(parts: Parts, call: Call): Promise<Response> {
  const body = await jsonObject(call.request)
  const model = parts.deployer.store.current()
  const object = model.object(textMember(body, 'object'))
  if (object === undefined) throw refuse('NOT_FOUND', message('There is no such object.'))
  const lookup = {
    fullName: 'Draft__c',
    referenceTo: [textMember(body, 'target')],
    lookupFilter: {
      booleanFilter: textMember(body, 'booleanFilter'),
      filterItems: readItems(body.get('filterItems')),
    },
  }
  const say = wordsFor(parts, call.caller)
  const found = compileLookupFilter(object.name, lookup, indexOf(model))
  const problems = (found?.faults ?? []).map(({ pointer: [part, item], reason }) => ({
    item: part === 'filterItems' && typeof item === 'number' ? item : null,
    message: say(reason),
  }))
  return json({ problems })
}

function readItems(given: unknown): FilterItem[] {
  if (!Array.isArray(given)) throw bad('a list')
  return given.map((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null) throw bad('a list of objects')
    const item = new Map<string, unknown>(Object.entries(entry))
    const operation = filterOperations.find((one) => one === item.get('operation'))
    if (operation === undefined) {
      throw bad(`conditions with an "operation" of ${filterOperations.join(', ')}`)
    }
    return {
      field: textMember(item, 'field'),
      operation,
      ...(item.has('value') ? { value: textMember(item, 'value') } : {}),
      ...(item.has('valueField') ? { valueField: textMember(item, 'valueField') } : {}),
    }
  })
}

function bad(wanted: string): Refusal {
  return refuse('INVALID_ARGUMENT', `"filterItems" must be ${wanted}.`, {
    fields: ['filterItems'],
  })
}
