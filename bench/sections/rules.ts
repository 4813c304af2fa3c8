/** What ten validation rules cost a save, beside the same check without rules. */
import { chooseBindings, nothingTaken } from '../../engine/deploy/choose-bindings.ts'
import { compileModel } from '../../engine/model/compile-model.ts'
import type { Model } from '../../engine/model/model.ts'
import { parseDeclarations } from '../../engine/model/parse-declarations.ts'
import { fullAccess } from '../../engine/access/full-access.ts'
import { planWrite } from '../../engine/query/plan-write.ts'
import { prepareSave } from '../../engine/records/prepare-save.ts'
import { checkSave } from '../../engine/records/rules/check-save.ts'
import type { Section } from '../support/bench.ts'
import { aimCells, below, figure, table } from '../support/table.ts'

const conditions = [
  'AND(ISPICKVAL(Status__c, "Open"), ISBLANK(Finish__c))',
  'AND(Amount__c > 1000000, NOT(Active__c), LEN(Name) > 3)',
  'OR(Start__c > Finish__c, Finish__c - Start__c > 3650)',
  'Amount__c < 0 || Share__c < 0 || Share__c > 1',
  'ISCHANGED(Amount__c) && Amount__c < PRIORVALUE(Amount__c) / 10',
  'BEGINS(Name, "Z") && CONTAINS(Name, "-")',
  'ADDMONTHS(Start__c, 600) < Finish__c',
  'ROUND(Amount__c * 1.19, 2) < Amount__c',
  'REGEX(Name, "[0-9]+")',
  '$User.Id = "nobody"',
]

const field = (fullName: string, type: string, more = {}): object => ({
  fullName,
  label: fullName,
  type,
  ...more,
})

const money = { precision: 18, scale: 2 }
const plan = {
  fullName: 'Plan__c',
  label: 'Plan',
  pluralLabel: 'Plans',
  nameField: { label: 'Name', type: 'Text' },
  sharingModel: 'ReadWrite',
  fields: [
    field('Status__c', 'Picklist', {
      valueSet: { valueSetDefinition: { value: [{ fullName: 'Open', label: 'Open' }] } },
    }),
    field('Amount__c', 'Currency', money),
    field('Share__c', 'Percent', { precision: 5, scale: 2 }),
    field('Start__c', 'Date'),
    field('Finish__c', 'Date'),
    field('Active__c', 'Checkbox', { defaultValue: 'false' }),
  ],
}
const user = {
  fullName: 'User',
  label: 'User',
  pluralLabel: 'Users',
  keyPrefix: '005',
  nameField: { label: 'Name', type: 'Text' },
  sharingModel: 'ReadWrite',
}

function modelWith(rules: number): Model {
  const validationRules = conditions.slice(0, rules).map((errorConditionFormula, index) => ({
    fullName: `Rule_${index}`,
    active: true,
    errorConditionFormula,
    errorMessage: 'No',
  }))
  const files = [{ ...plan, ...(rules === 0 ? {} : { validationRules }) }, user]
  const sources = files.map((body) => ({
    path: `objects/${body.fullName}.json`,
    text: JSON.stringify(body),
  }))
  const { declarations } = parseDeclarations(sources)
  const bindings = chooseBindings({ declarations, bindings: new Map(), taken: nothingTaken })
  const { model, problems } = compileModel({ declarations, bindings, version: 1 })
  if (model === undefined) throw new Error(JSON.stringify(problems))
  return model
}

const services = {
  encrypt: (plain: string) => plain,
  decrypt: (stored: string) => stored,
  cleanHtml: (html: string) => html,
}

const body = new Map<string, unknown>([
  ['Name', 'A plan like many others'],
  ['Status__c', 'Open'],
  ['Amount__c', 1250.5],
  ['Share__c', 12.5],
  ['Start__c', '2026-01-01'],
  ['Finish__c', '2026-11-22'],
])

const saves = 20_000

/** Microseconds of processor time per checked record, the best of some rounds. */
function measure(rules: number): number {
  const model = modelWith(rules)
  const object = model.object('Plan__c')
  if (object === undefined) throw new Error('no object')
  const access = fullAccess(model)
  const gate = { model, access }
  const caller = {
    ...{ access, userId: '005000000000001AAA', userName: 'B', timeZone: 'Europe/Berlin' },
    ...{ source: 'api', apiVersion: '67.0', locale: 'en_US', language: 'en_US' },
  }
  const write = planWrite(gate, object, { body, mode: 'create' })
  const round = (): number => {
    const start = process.cpuUsage()
    for (let index = 0; index < saves; index++) {
      const prepared = prepareSave({ gate, plan: write, services })
      checkSave({ caller, gate, object, prepared, now: 1_795_339_800_000, isClone: false })
    }
    const { user: spent, system } = process.cpuUsage(start)
    return (spent + system) / saves
  }
  return Math.min(...Array.from({ length: 5 }, round))
}

export const rulesSection: Section = {
  name: 'rules',
  title: 'Ten validation rules at a save',
  run: async (bench) => {
    const without = measure(0)
    const withTen = measure(conditions.length)
    const rules = withTen - without
    const rows = [
      ['checks of a record without rules', figure(without), '', ''],
      ['the same with ten rules', figure(withTen), '', ''],
      ['the rules', figure(rules), ...aimCells(below(rules, 50, 'µs'))],
    ]
    bench.print(table(['processor time, µs', 'reached', 'aim', ''], rows))
  },
}
