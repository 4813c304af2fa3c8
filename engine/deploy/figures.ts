/** What a plan needs to know of the data: counts and examples, as plain values. */

export interface Finding {
  readonly affected: number
  readonly total: number
  /** Ids of some of the affected records. */
  readonly examples: readonly string[]
  /** For `unfit`: those of which a part is left; `affected` then counts those that are lost. */
  readonly cut?: Omit<Finding, 'cut'>
  /** How many records were looked at, where there were too many to look at them all. */
  readonly looked?: number
}

/**
 * A question about the data: `rows` of an object, `filled` values of a field, `empty` ones, values that are there
 * more than once, values that do not `fit` what the field becomes, records `holding` one value or
 * `several`, and those whose value an entry of the journal `replaced`.
 */
export interface Question {
  readonly kind:
    | 'rows'
    | 'filled'
    | 'empty'
    | 'duplicates'
    | 'unfit'
    | 'holding'
    | 'several'
    | 'replaced'
    /** Records on legal hold, wherever they lie. */
    | 'held'
    /** Records that do not pass the rule whose name stands in `field`. */
    | 'fails'
  /** The object's name in the present model. */
  readonly object: string
  /** The field's name in the present model. */
  readonly field?: string
  /** For `holding`: the stored value; one of several for a multi-select. For `replaced`: the entry's number. */
  readonly value?: string
}

/** Answers by `questionKey`. */
export type Figures = ReadonlyMap<string, Finding>

export function questionKey({ kind, object, field, value }: Question): string {
  const place = field === undefined ? object : `${object}.${field}`
  return value === undefined ? `${kind} ${place}` : `${kind} ${place} ${value}`
}

export const noFigures: Figures = new Map()

const none: Finding = { affected: 0, total: 0, examples: [] }

/** The answer to a question; zero where it was not worth asking. */
export function answer(figures: Figures, question: Question): Finding {
  return figures.get(questionKey(question)) ?? none
}
