/** One run of a flow for one record, or for one call: what it holds, and what its names mean at this moment. */
import { readerOf } from '../../records/formulas/formula-row.ts'
import type { FormulaRow, Surroundings } from '../../records/formulas/formula-row.ts'
import { evaluateNode } from '../../formula/evaluate-formula.ts'
import type { Environment, RawValue } from '../../formula/environment.ts'
import { dayMs, printDay, printInstant, printTime } from '../../formula/calendar.ts'
import { offsetAt } from '../../formula/zone.ts'
import { FormulaLimit } from '../../formula/problem.ts'
import { computeResult } from '../../formula/result.ts'
import type { FieldMention } from '../../formula/types.ts'
import type {
  Expression,
  FlowFact,
  FlowPlan,
  FormulaPlan,
  Scalar,
  Source,
  Target,
} from '../../model/flows/flow-plan.ts'
import type { ObjectModel } from '../../model/model.ts'
import type { HookError } from '../../records/hooks/record-hooks.ts'
import { numberOf, textOf } from './compare-values.ts'
import { FlowRecord, rawValue, scalar, type FlowValue } from './flow-record.ts'
import type { StepLog } from './run-log.ts'

export interface InterviewStart {
  readonly plan: FlowPlan
  readonly surroundings: Surroundings
  readonly record: FlowRecord | undefined
  readonly prior: FlowRecord | undefined
  readonly inputs?: ReadonlyMap<string, FlowValue>
  readonly guid: string
  /** Told of every step, where somebody looks on. */
  readonly steps?: StepLog | undefined
}

export class Interview {
  readonly plan: FlowPlan
  readonly surroundings: Surroundings
  readonly record: FlowRecord | undefined
  readonly prior: FlowRecord | undefined
  readonly guid: string
  readonly steps: StepLog | undefined
  readonly values = new Map<string, FlowValue>()
  readonly outputs = new Map<string, ReadonlyMap<string, FlowValue>>()
  readonly taken = new Set<string>()
  readonly visited = new Set<string>()
  readonly failed = new Set<string>()
  readonly errors: HookError[] = []
  /** The element at which it is. */
  at = ''
  fault = ''
  demands = 0

  constructor({ plan, surroundings, record, prior, inputs, guid, steps }: InterviewStart) {
    this.plan = plan
    this.surroundings = surroundings
    this.record = record
    this.prior = prior
    this.guid = guid
    this.steps = steps
    if (record !== undefined) this.values.set('$Record', record)
    if (prior !== undefined) this.values.set('$Record__Prior', prior)
    for (const [name, { value, type, isInput }] of plan.variables) {
      const given = isInput ? inputs?.get(name) : undefined
      const start = given ?? (value === undefined ? null : this.value(value))
      this.values.set(name, start ?? (type.isList ? [] : null))
    }
  }

  value(expression: Expression): FlowValue {
    switch (expression.kind) {
      case 'literal':
        return expression.value
      case 'text':
        return expression.parts
          .map((part) => (typeof part === 'string' ? part : textOf(this.read(part))))
          .join('')
      case 'source':
        return this.read(expression.source)
      case 'formula':
        return this.formula(expression.formula)
    }
  }

  read(source: Source): FlowValue {
    switch (source.from) {
      case 'resource':
        return this.#resource(source.name)
      case 'field':
        return this.#field(source.name, source.path)
      case 'output':
        return this.outputs.get(source.name)?.get(source.output) ?? null
      case 'formula': {
        const formula = this.plan.formulas.get(source.name)
        return formula === undefined ? null : this.formula(formula)
      }
      case 'template': {
        const template = this.plan.templates.get(source.name)
        return template === undefined ? null : this.value(template)
      }
      case 'global':
        return this.#global(source.path)
      case 'flow':
        return this.#fact(source.fact)
      case 'outcome':
        return this.taken.has(source.name)
    }
  }

  formula({ formula, result, sources }: FormulaPlan): FlowValue {
    const outcome = computeResult(formula, this.#environment(sources), result)
    if (outcome.kind === 'failure') {
      if (outcome.beyondLimit) throw new FormulaLimit(outcome.told)
      return null
    }
    const { value } = outcome
    if (value === null) return null
    if (result.type === 'DateTime') return printInstant(Number(value))
    if (result.type === 'Time') return printTime(Number(value))
    return 'scale' in result ? numberOf(String(value)) : value
  }

  /** Whether a formula that gives yes or no gives yes. */
  holds({ formula, sources }: FormulaPlan): boolean {
    const outcome = evaluateNode(formula.tree, this.#environment(sources))
    if (outcome.kind === 'failure' && outcome.beyondLimit) throw new FormulaLimit(outcome.told)
    return outcome.kind === 'value' && outcome.value === true
  }

  assign({ name, field }: Target, value: FlowValue): void {
    if (field === undefined) {
      this.values.set(name, value)
      return
    }
    const held = this.values.get(name)
    const record = held instanceof FlowRecord ? held : this.#newRecord(name)
    record?.set(field, scalar(Array.isArray(value) ? null : value))
  }

  /** A variable for a record holds one as soon as a field of it is set. */
  #newRecord(name: string): FlowRecord | undefined {
    const object = this.#objectOf(name)
    if (object === undefined) return undefined
    const record = new FlowRecord(object)
    this.values.set(name, record)
    return record
  }

  #objectOf(name: string): ObjectModel | undefined {
    const { model } = this.surroundings
    return model.object(this.plan.variables.get(name)?.type.object ?? '')
  }

  #resource(name: string): FlowValue {
    const constant = this.plan.constants.get(name)
    return constant === undefined ? (this.values.get(name) ?? null) : this.value(constant)
  }

  #field(name: string, path: string): FlowValue {
    const record = this.values.get(name)
    if (!(record instanceof FlowRecord)) return null
    if (record.values.has(path)) return scalar(record.values.get(path))
    return scalar(readerOf(record.row(), this.surroundings)({ kind: 'text', path }))
  }

  #global(path: string): FlowValue {
    return scalar(readerOf(this.#anyRow(), this.surroundings)({ kind: 'text', path }))
  }

  /** Globals are looked at from some record or other. */
  #anyRow(): FormulaRow {
    const { model, user } = this.surroundings
    const object = this.record?.object ?? user?.object ?? model.object(model.objectNames[0] ?? '')
    if (object === undefined) throw new Error('a model has objects')
    return this.record?.row() ?? user ?? new FlowRecord(object).row()
  }

  #fact(fact: FlowFact): Scalar {
    const { surroundings } = this
    const { now } = surroundings
    const facts: Readonly<Record<FlowFact, () => Scalar>> = {
      CurrentDate: () => printDay(Math.floor((now + offsetAt(surroundings.zone, now)) / dayMs)),
      CurrentDateTime: () => printInstant(now),
      InterviewStartTime: () => printInstant(now),
      CurrentRecord: () => this.record?.id ?? null,
      FaultMessage: () => this.fault,
      InterviewGuid: () => this.guid,
    }
    return facts[fact]()
  }

  #environment(sources: FormulaPlan['sources']): Environment {
    const read = (mention: FieldMention): RawValue => {
      const source = sources.get(mention.path)
      return source === undefined ? null : rawValue(this.read(source))
    }
    const prior = (mention: FieldMention): RawValue => {
      const source = sources.get(mention.path)
      if (source?.from !== 'field' || source.name !== '$Record') return read(mention)
      return rawValue(this.#field('$Record__Prior', source.path))
    }
    const { surroundings } = this
    return {
      read,
      now: surroundings.now,
      get zone() {
        return surroundings.zone
      },
      isNew: this.prior === undefined,
      ...(this.prior === undefined ? {} : { prior }),
    }
  }
}
