/**
 * What is chosen out of many, one line each, with a list to add from and, where there are too many for a list, a field to find
 * them by. Fires `chosen-change` with the values.
 */
import { css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import { selectControl, textControl, type Choice } from '../../setup/form-controls.ts'
import { formStyles } from '../../setup/form-styles.ts'
import '../icon/icon.ts'

const foundShownMax = 8

@customElement('fs-setup-chosen')
export class FsSetupChosen extends FsElement {
  static override styles = [
    formStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      h3 {
        margin-bottom: var(--fs-space-2);
        font-size: var(--fs-text-m);
      }
      ul {
        display: grid;
        gap: 4px;
        padding: 0;
        margin: 0 0 var(--fs-space-3);
        list-style: none;
      }
      li {
        display: flex;
        gap: var(--fs-space-3);
        align-items: center;
        min-height: 32px;
        border-bottom: 1px solid var(--fs-line);
      }
      .name {
        flex: 1;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .finder {
        margin-top: var(--fs-space-3);
      }
      .finder ul {
        margin-top: var(--fs-space-2);
      }
      .error {
        color: var(--fs-danger);
      }
    `,
  ]

  @property() heading = ''
  @property() addLabel = ''
  @property() emptyText = ''
  @property() error = ''
  @property({ type: Boolean }) disabled = false
  /** All there are, under the names of their groups. */
  @property({ attribute: false }) choices: readonly Choice[] = []
  @property({ attribute: false }) chosen: readonly string[] = []
  @property() findLabel = ''
  /** Finds more choices by words; without it the list is all there is. */
  @property({ attribute: false }) find: ((words: string) => Promise<readonly Choice[]>) | undefined
  @state() private words = ''
  @state() private found: readonly Choice[] = []
  /** What was found once keeps its name. */
  readonly #known = new Map<string, Choice>()

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('select, button')?.focus()
  }

  /** What was chosen leaves the list, whose next entry would stand there as if it were chosen too. */
  protected override updated(): void {
    const select = this.renderRoot.querySelector('select')
    if (select) select.value = ''
  }

  protected override render(): unknown {
    const { chosen, choices } = this
    return html`
      <h3>${this.heading}</h3>
      ${
        chosen.length === 0
          ? html`<p class="soft">${this.emptyText}</p>`
          : html`<ul>
              ${chosen.map((value) => this.#line(value))}
            </ul>`
      }
      ${this.error === '' ? nothing : html`<p class="error" role="alert">${this.error}</p>`}
      ${
        this.disabled || (this.find !== undefined && choices.length === 0)
          ? nothing
          : selectControl({
              name: 'add',
              label: this.addLabel,
              value: '',
              choices: [
                { value: '', label: t('Choose…') },
                ...choices.filter(({ value }) => !chosen.includes(value)),
              ],
              onInput: (value) => this.#change([...chosen, value]),
            })
      }
      ${this.disabled || this.find === undefined ? nothing : this.#finder()}
    `
  }

  #finder(): unknown {
    const found = this.found.filter(({ value }) => !this.chosen.includes(value))
    return html`<div class="finder">
      ${textControl({
        name: 'find',
        label: this.findLabel,
        value: this.words,
        onInput: (words) => void this.#look(words),
      })}
      <ul role="list" aria-live="polite">
        ${found.map(
          (choice) =>
            html`<li>
              <span class="name">${choice.label}</span>
              <button
                type="button"
                class="button"
                aria-label=${t('Add {name}', { name: choice.label })}
                @click=${() => this.#add(choice)}
              >
                ${t('Add')}
              </button>
            </li>`,
        )}
      </ul>
    </div>`
  }

  async #look(words: string): Promise<void> {
    this.words = words
    const found = words.trim() === '' ? [] : await this.find?.(words)
    // An answer to what was typed before must not replace a later one.
    if (words === this.words) this.found = (found ?? []).slice(0, foundShownMax)
  }

  #add(choice: Choice): void {
    this.#known.set(choice.value, choice)
    this.words = ''
    this.found = []
    this.#change([...this.chosen, choice.value])
  }

  #line(value: string): unknown {
    const choice = this.choices.find((one) => one.value === value) ?? this.#known.get(value)
    const name = choice?.label ?? value.slice(value.indexOf(':') + 1)
    return html`<li>
      <span class="name"
        >${name}
        ${choice?.group === undefined ? nothing : html`<span class="soft small">${choice.group}</span>`}</span
      >
      ${
        this.disabled
          ? nothing
          : html`<button
              type="button"
              class="icon-button small"
              aria-label=${t('Remove {name}', { name })}
              @click=${() => this.#change(this.chosen.filter((one) => one !== value))}
            >
              <fs-icon name="close"></fs-icon>
            </button>`
      }
    </li>`
  }

  #change(chosen: readonly string[]): void {
    this.emit('chosen-change', { chosen: chosen.filter((value) => value !== '') })
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-chosen': FsSetupChosen
  }
}
