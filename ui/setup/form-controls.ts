/** Labelled native inputs; each stands in one shadow root with its label, hint and error. */
import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { t } from '../base/text.ts'

interface ControlOptions {
  /** Unique within the form; also the name by which errors are placed and focus is moved. */
  readonly name: string
  readonly label: string
  readonly hint?: string | undefined
  readonly error?: string | undefined
  readonly required?: boolean
  readonly disabled?: boolean
  readonly wide?: boolean
}

export interface TextOptions extends ControlOptions {
  readonly value: string
  readonly lines?: number
  readonly numeric?: boolean
  readonly mono?: boolean
  readonly lengthMax?: number
  onInput(value: string): void
}

export function textControl(options: TextOptions): TemplateResult {
  const { name, value, lines, disabled = false, required = false } = options
  const onInput = (event: Event) => options.onInput(valueOf(event))
  const input =
    lines === undefined
      ? html`<input
          id=${name}
          type="text"
          class=${options.mono ? 'mono' : ''}
          inputmode=${options.numeric ? 'numeric' : nothing}
          maxlength=${options.lengthMax ?? nothing}
          autocomplete="off"
          spellcheck=${options.mono ? 'false' : nothing}
          .value=${live(value)}
          ?disabled=${disabled}
          ?required=${required}
          aria-invalid=${options.error === undefined ? 'false' : 'true'}
          aria-describedby=${describedBy(options)}
          @input=${onInput}
        />`
      : html`<textarea
          id=${name}
          rows=${lines}
          maxlength=${options.lengthMax ?? nothing}
          .value=${live(value)}
          ?disabled=${disabled}
          ?required=${required}
          aria-invalid=${options.error === undefined ? 'false' : 'true'}
          aria-describedby=${describedBy(options)}
          @input=${onInput}
        ></textarea>`
  return framed(options, input)
}

export interface Choice {
  readonly value: string
  readonly label: string
  readonly hint?: string
  /** Neighbours of one group stand under its name. */
  readonly group?: string
}

export interface SelectOptions extends ControlOptions {
  readonly value: string
  readonly choices: readonly Choice[]
  onInput(value: string): void
}

export function selectControl(options: SelectOptions): TemplateResult {
  const { name, value, choices, disabled = false, required = false } = options
  return framed(
    options,
    html`<select
      id=${name}
      ?disabled=${disabled}
      ?required=${required}
      aria-invalid=${options.error === undefined ? 'false' : 'true'}
      aria-describedby=${describedBy(options)}
      @change=${(event: Event) => options.onInput(valueOf(event))}
    >
      ${optionList(choices, value)}
    </select>`,
  )
}

/** The options of a list, under the names of their groups. */
export function optionList(choices: readonly Choice[], value: string): unknown {
  const groups: { readonly name: string | undefined; readonly choices: Choice[] }[] = []
  for (const choice of choices) {
    const last = groups.at(-1)
    if (last !== undefined && last.name === choice.group) last.choices.push(choice)
    else groups.push({ name: choice.group, choices: [choice] })
  }
  return groups.map(({ name, choices: among }) => {
    const options = among.map(
      (choice) =>
        html`<option value=${choice.value} ?selected=${choice.value === value}>
          ${choice.label}
        </option>`,
    )
    return name === undefined ? options : html`<optgroup label=${name}>${options}</optgroup>`
  })
}

/** A group of radio buttons, for few choices that deserve an explanation each. */
export function radioControl(options: SelectOptions): TemplateResult {
  const { name, value, choices } = options
  return html`<fieldset class=${options.wide ? 'field wide' : 'field'} id=${name} tabindex="-1">
    <legend>${options.label}</legend>
    <div class="choices">
      ${choices.map(
        (choice) =>
          html`<label class="check">
            <input
              type="radio"
              name=${name}
              value=${choice.value}
              .checked=${live(choice.value === value)}
              ?disabled=${options.disabled ?? false}
              @change=${() => options.onInput(choice.value)}
            />
            <span>
              ${choice.label}
              ${choice.hint === undefined ? nothing : html`<span class="hint">${choice.hint}</span>`}
            </span>
          </label>`,
      )}
    </div>
    ${notes(options)}
  </fieldset>`
}

export interface CheckOptions extends ControlOptions {
  readonly checked: boolean
  onInput(checked: boolean): void
}

export function checkControl(options: CheckOptions): TemplateResult {
  const { name, label, checked, hint } = options
  return html`<div class=${options.wide ? 'field wide' : 'field'}>
    <div class="check">
      <input
        id=${name}
        type="checkbox"
        .checked=${live(checked)}
        ?disabled=${options.disabled ?? false}
        aria-describedby=${describedBy(options)}
        @change=${(event: Event) => options.onInput(isChecked(event))}
      />
      <span>
        <label for=${name}>${label}</label>
        ${hint === undefined ? nothing : html`<span class="hint" id="${name}-hint">${hint}</span>`}
      </span>
    </div>
    ${
      options.error === undefined
        ? nothing
        : html`<span class="error" id="${name}-error">${options.error}</span>`
    }
  </div>`
}

export interface SearchOptions {
  readonly label: string
  readonly value: string
  onInput(value: string): void
}

/** A quick find box; its label is for assistive technology, the placeholder says the same. */
export function searchControl({ label, value, onInput }: SearchOptions): TemplateResult {
  return html`<input
    class="search"
    type="search"
    aria-label=${label}
    placeholder=${label}
    autocomplete="off"
    .value=${live(value)}
    @input=${(event: Event) => onInput(valueOf(event))}
  />`
}

function framed(options: ControlOptions, control: TemplateResult): TemplateResult {
  return html`<div class=${options.wide ? 'field wide' : 'field'}>
    <label for=${options.name}>
      ${options.label} ${options.required ? t('(required)') : nothing}
    </label>
    ${control} ${notes(options)}
  </div>`
}

function notes({ name, hint, error }: ControlOptions): TemplateResult {
  return html`${
    error === undefined ? nothing : html`<span class="error" id="${name}-error">${error}</span>`
  }
  ${hint === undefined ? nothing : html`<span class="hint" id="${name}-hint">${hint}</span>`}`
}

function describedBy({ name, hint, error }: ControlOptions): string | typeof nothing {
  const ids = [error && `${name}-error`, hint && `${name}-hint`].filter(Boolean)
  return ids.length === 0 ? nothing : ids.join(' ')
}

export function valueOf(event: Event): string {
  const control = event.target
  const isText =
    control instanceof HTMLInputElement ||
    control instanceof HTMLSelectElement ||
    control instanceof HTMLTextAreaElement
  return isText ? control.value : ''
}

export function isChecked(event: Event): boolean {
  return event.target instanceof HTMLInputElement && event.target.checked
}
