/** What the planning of a query costs alone, from its text to its statement: no database takes part. */
import { compileAccess } from '../../engine/access/compile-access.ts'
import { limits } from '../../engine/base/limits.ts'
import type { Model } from '../../engine/model/model.ts'
import { noVariables } from '../../engine/query/soql/variables.ts'
import { createFirstCompiled } from '../../engine/records/first-compiled.ts'
import type { Caller } from '../../engine/records/records.ts'
import type { Dialect } from '../../engine/sql/dialect.ts'
import { accountListFields, contactListFields, listRows } from '../shapes.ts'

export interface PlanningWay {
  readonly shape: string
  readonly caller: string
  /** Plans a query of a shape that nobody asked for, or of one that somebody has. */
  plan(index: number, isNew: boolean): unknown
}

/** Each number gives another order, up to the factorial of their count. */
function ordered(fields: readonly string[], index: number): string {
  const left = [...fields]
  const taken: string[] = []
  for (let rest = index; left.length > 0;) {
    const place = rest % left.length
    rest = (rest - place) / left.length
    taken.push(...left.splice(place, 1))
  }
  return taken.join(', ')
}

const dealFields = ['Id', 'Name', 'StageName', 'Amount', 'CloseDate', 'Type', 'NextStep', 'OwnerId']
const behindDeals = ['Account.Name', 'Account.Industry', 'Account.Owner.Name', 'Owner.Name']
const totals = ['COUNT(Id)', 'SUM(Amount)', 'AVG(Amount)', 'MIN(CloseDate)', 'MAX(CloseDate)']

/** By name; `index` is of the shape, `value` of what it compares with. */
const shapes: Readonly<Record<string, (index: number, value: number) => string>> = {
  'list with filter and sort': (index, value) =>
    `SELECT ${ordered(accountListFields, index)} FROM Account WHERE Industry = 'Banking' AND Phone > '${value}' ORDER BY Name LIMIT ${listRows}`,
  'private list with parents': (index, value) =>
    `SELECT ${ordered([...dealFields, ...behindDeals], index)} FROM Opportunity WHERE Account.Industry = 'Banking' AND NextStep > '${value}' ORDER BY Account.Name, CloseDate DESC LIMIT ${listRows}`,
  'list with children': (index, value) =>
    `SELECT Id, Name, Phone, (SELECT ${ordered(contactListFields, index)} FROM Contacts WHERE Phone > '${value}' ORDER BY LastName LIMIT 5) FROM Account ORDER BY Name LIMIT ${listRows}`,
  'totals by group': (index, value) =>
    `SELECT StageName, ${ordered([...totals, 'COUNT(OwnerId)', 'COUNT(Type)'], index)} FROM Opportunity WHERE NextStep > '${value}' GROUP BY StageName ORDER BY StageName`,
}

/** An adviser as the shipped rights have him: what he sees of deals is decided row by row. */
function ordinary(model: Model, administrator: Caller): Caller {
  const set = model.component('PermissionSet', 'RelationshipManager')
  const access = compileAccess({
    model,
    userId: administrator.userId,
    grants: {
      profile: model.component('Profile', 'Standard User'),
      permissionSets: set === undefined ? [] : [set],
    },
  })
  return { ...administrator, access }
}

/** Each shape for the administrator, who sees all records, and for one who does not. */
export function planningWays(
  model: Model,
  dialect: Dialect,
  administrator: Caller,
): readonly PlanningWay[] {
  const firstCompiled = createFirstCompiled({
    models: { current: () => model },
    storage: { dialect },
  })
  const options = { deletedToo: false, pageRows: limits.queryPageRows, narrow: false }
  const moment = { now: Date.UTC(2026, 0, 1), timeZone: administrator.timeZone }
  const callers = { administrator, user: ordinary(model, administrator) }
  return Object.entries(shapes).flatMap(([shape, text]) =>
    Object.entries(callers).map(([name, caller]) => ({
      shape,
      caller: name,
      plan: (index, isNew) => {
        const soql = isNew ? text(index, 0) : text(0, index)
        return firstCompiled(caller, { soql, variables: noVariables, moment, ...options })
      },
    })),
  )
}
