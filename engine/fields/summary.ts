/** Summary: a count, sum, least or greatest value over the child records, kept by the engine. */
import { message } from '../base/message.ts'
import type { FieldType } from './field-type.ts'
import { ordering } from './operators.ts'
import { optionsSchema, textOption } from './options-schema.ts'
import { findHolder, holderOf } from './summary-holder.ts'

/** Answers everything as the type of what is summed up would; the link to it is part of the options. */
export const summary: FieldType = {
  name: 'Summary',
  purpose: 'Counts the child records, or sums up one of their fields. It is always up to date.',
  options: optionsSchema({
    required: ['summaryOperation', 'summaryForeignKey'],
    properties: {
      required: { const: false },
      summaryOperation: { enum: ['count', 'sum', 'min', 'max'] },
      summaryForeignKey: textOption,
      summarizedField: textOption,
    },
  }),
  calculated: true,
  operators: ordering,
  columns: (options) => {
    const holder = findHolder(options)
    return holder === undefined ? {} : holder.type.columns(holder.options)
  },
  schema: (options) => {
    const { type, options: own } = holderOf(options)
    return type.schema(own)
  },
  check: (value, options) => {
    const { type, options: own } = holderOf(options)
    return type.check?.(value, own)
  },
  toColumns: (value, options, services) => {
    const { type, options: own } = holderOf(options)
    return type.toColumns(value, own, services)
  },
  readJson: (column, options, dialect) => {
    const { type, options: own } = holderOf(options)
    return type.readJson(column, own, dialect)
  },
  comparison: (options) => {
    const { type, options: own } = holderOf(options)
    const comparison = type.comparison?.(own)
    if (comparison === undefined) throw new Error(`${type.name} cannot be compared`)
    return comparison
  },
  sortColumns: () => [''],
  formulaUse: (options) => {
    const holder = findHolder(options)
    if (holder === undefined)
      return { kind: 'unusable', kindLabel: message('a roll-up without effect') }
    return holder.type.formulaUse?.(holder.options) ?? { kind: 'unusable' }
  },
  describe: (options) => {
    const { type, options: own } = holderOf(options)
    return type.describe(own)
  },
}
