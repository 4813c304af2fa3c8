/** Two profiles or permission sets side by side: what the one grants and the other does not. */
import { html, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { metadata } from '../../api.ts'
import { errorText } from '../../base/api-error.ts'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import { Turns } from '../../base/turns.ts'
import { personAccess, type RightDifference } from '../../security-api.ts'
import { selectControl, type Choice } from '../../setup/form-controls.ts'
import { formStyles } from '../../setup/form-styles.ts'
import { partStyles } from '../../setup/setup-styles.ts'
import '../setup-table/setup-table.ts'
import type { Column } from '../setup-table/setup-table.ts'

const types = ['Profile', 'PermissionSet', 'PermissionSetGroup'] as const

@customElement('fs-access-compare')
export class FsAccessCompare extends FsElement {
  static override styles = [formStyles, partStyles]

  @state() private choices: readonly Choice[] = []
  @state() private left = ''
  @state() private right = ''
  @state() private differences: readonly RightDifference[] | undefined
  @state() private problem = ''
  readonly #turns = new Turns()

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#load()
  }

  async #load(): Promise<void> {
    try {
      const lists = await Promise.all(types.map((type) => metadata.list(type)))
      this.choices = lists.flatMap((list, index) =>
        list.map(({ fullName, label }) => ({
          value: `${types[index] ?? ''}:${fullName}`,
          label: label ?? fullName,
          group: groupLabels()[index] ?? '',
        })),
      )
    } catch (error) {
      this.problem = errorText(error)
    }
  }

  async #compare(): Promise<void> {
    if (this.left === '' || this.right === '') return
    const isLatest = this.#turns.next()
    try {
      const differences = await personAccess.compare(this.left, this.right)
      if (!isLatest()) return
      this.differences = differences
      this.problem = ''
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    const choices = [{ value: '', label: t('Choose…') }, ...this.choices]
    return html`<section class="panel" aria-labelledby="compare">
      <header><h2 id="compare">${t('Compare two')}</h2></header>
      <div class="padded fields">
        ${selectControl({
          name: 'left',
          label: t('The one'),
          value: this.left,
          choices,
          onInput: (value) => {
            this.left = value
            void this.#compare()
          },
        })}
        ${selectControl({
          name: 'right',
          label: t('The other'),
          value: this.right,
          choices,
          onInput: (value) => {
            this.right = value
            void this.#compare()
          },
        })}
      </div>
      <div aria-live="polite">${this.#outcome()}</div>
    </section>`
  }

  #outcome(): unknown {
    if (this.problem !== '') return html`<p class="padded error" role="alert">${this.problem}</p>`
    if (this.differences === undefined) return nothing
    if (this.differences.length === 0)
      return html`<p class="padded soft">${t('Both grant the same.')}</p>`
    return html`<fs-setup-table
      .caption=${t('Differences')}
      .columns=${this.#columns()}
      .rows=${this.differences}
      .rowKey=${({ list, name }: RightDifference) => `${list} ${name}`}
    ></fs-setup-table>`
  }

  #columns(): readonly Column<RightDifference>[] {
    const named = (value: string): string =>
      this.choices.find((choice) => choice.value === value)?.label ?? value
    return [
      { key: 'list', label: t('Kind'), cell: (row) => kindLabels().get(row.list) ?? row.list },
      {
        key: 'name',
        label: t('Of what'),
        cell: (row) => html`<span class="mono">${row.name}</span>`,
      },
      {
        key: 'left',
        label: t('Only {name}', { name: named(this.left) }),
        cell: (row) => flags(row.left),
      },
      {
        key: 'right',
        label: t('Only {name}', { name: named(this.right) }),
        cell: (row) => flags(row.right),
      },
    ]
  }
}

function flags(names: readonly string[]): unknown {
  return names.length === 0 ? html`<span class="soft">—</span>` : names.join(', ')
}

function groupLabels(): readonly string[] {
  return [t('Profiles'), t('Permission sets'), t('Permission set groups')]
}

function kindLabels(): ReadonlyMap<string, string> {
  return new Map([
    ['objectPermissions', t('Object')],
    ['fieldPermissions', t('Field')],
    ['userPermissions', t('System permission')],
    ['customPermissions', t('Custom permission')],
    ['recordTypeVisibilities', t('Record type')],
    ['applicationVisibilities', t('Application')],
    ['customSettingAccesses', t('Custom setting')],
  ])
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-access-compare': FsAccessCompare
  }
}
