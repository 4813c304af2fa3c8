/** The draft of a field within a page: keeps derived names, choices and errors in step with each change. */
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { Turns } from '../base/turns.ts'
import type { DetailsChoices } from '../elements/setup-details/setup-details.ts'
import type { MatrixValue } from '../elements/setup-matrix/setup-matrix.ts'
import { checkDraft } from './check-draft.ts'
import type { DraftErrors } from './check-draft.ts'
import type { FieldBody } from './component-bodies.ts'
import { choicesFor, loadControllingSet, loadTakenRelationships } from './field-context.ts'
import type { FieldContext } from './field-context.ts'
import { fieldOf, withDerivedNames } from './field-draft.ts'
import type { FieldDraft, TakenRelationships } from './field-draft.ts'

export class FieldForm implements ReactiveController {
  draft: FieldDraft | undefined
  errors: DraftErrors = new Map()
  readonly #host: ReactiveControllerHost
  readonly #isNew: boolean
  #context: FieldContext | undefined
  #taken: TakenRelationships = new Map()
  readonly #turns = new Turns()
  #controllingSet: readonly MatrixValue[] = []

  constructor(host: ReactiveControllerHost, options: { readonly isNew: boolean }) {
    this.#host = host
    this.#isNew = options.isNew
    host.addController(this)
  }

  hostConnected(): void {
    // Nothing to start: the page says when there is something to edit.
  }

  start(context: FieldContext, draft: FieldDraft | undefined): void {
    this.#context = context
    this.draft = draft
    this.errors = new Map()
    this.#taken = new Map()
    if (draft !== undefined && draft.controllingField !== '') void this.#loadControlling(draft)
    this.#host.requestUpdate()
  }

  change(change: Partial<FieldDraft>): void {
    if (this.draft === undefined) return
    this.replace({ ...this.draft, ...change })
    if (change.controllingField !== undefined) void this.#loadControlling(this.draft)
    // A saved lookup holds its own name on its target, so only new ones are looked at.
    if (change.targets !== undefined && this.#isNew) void this.#loadTaken(change.targets)
  }

  replace(draft: FieldDraft): void {
    this.draft = this.#derived(draft)
    if (this.errors.size > 0) this.errors = this.#check(this.draft)
    this.#host.requestUpdate()
  }

  /** True when nothing is wrong; `errors` has the rest. */
  check(): boolean {
    if (this.draft === undefined) return false
    this.errors = this.#check(this.draft)
    this.#host.requestUpdate()
    return this.errors.size === 0
  }

  get choices(): DetailsChoices {
    if (this.#context === undefined)
      return { objects: [], valueSets: [], controllingFields: [], controllingValues: [] }
    return choicesFor(this.#context, {
      field: this.draft?.apiName ?? '',
      controllingField: this.draft?.controllingField ?? '',
      valueSet: this.#controllingSet,
    })
  }

  /** The declaration; what the form does not ask about is taken from `before`. */
  field(before?: FieldBody): FieldBody {
    if (this.draft === undefined) throw new Error('The form has no field')
    const controllingValues = this.choices.controllingValues.map((value) => value.name)
    return fieldOf(this.draft, {
      controllingValues,
      ...(before === undefined ? {} : { before }),
    })
  }

  #check(draft: FieldDraft): DraftErrors {
    const fields = this.#context?.object.fields ?? []
    return checkDraft(draft, {
      takenNames: fields.map((field) => field.fullName),
      takenRelationships: this.#taken,
      isNew: this.#isNew,
    })
  }

  #derived(draft: FieldDraft): FieldDraft {
    const object = this.#context?.object
    const objectPlural = object?.pluralLabel ?? object?.label ?? object?.fullName ?? ''
    return withDerivedNames(draft, { objectPlural, taken: this.#taken })
  }

  async #loadTaken(targets: readonly string[]): Promise<void> {
    this.#taken = await loadTakenRelationships(targets, this.#taken)
    if (this.draft !== undefined) this.replace(this.draft)
  }

  async #loadControlling(draft: FieldDraft): Promise<void> {
    if (this.#context === undefined) return
    const isLatest = this.#turns.next()
    const set = await loadControllingSet(this.#context.object, draft.controllingField)
    if (!isLatest()) return
    this.#controllingSet = set
    this.#host.requestUpdate()
  }
}
