/** The beginning of an import: a file, chosen or dropped, and the imports of before. Fires `file-chosen`. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { PropertyValues } from 'lit'
import { imports } from '../../api.ts'
import { errorText } from '../../base/api-error.ts'
import { FsElement } from '../../base/element.ts'
import { paths } from '../../base/navigation.ts'
import { t } from '../../base/text.ts'
import type { ImportInfo } from '../../base/wire-imports.ts'
import '../../elements/setup-table/setup-table.ts'
import type { Column } from '../../elements/setup-table/setup-table.ts'
import { selectControl } from '../../setup/form-controls.ts'
import { formStyles } from '../../setup/form-styles.ts'
import { formatMoment } from '../../setup/format-moment.ts'
import { importPageStyles } from './import-page.styles.ts'
import { stateWord } from './import-words.ts'

export interface ChosenFile {
  readonly file: File
  /** '' lets the server look. */
  readonly encoding: string
}

const encodings = ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be']

@customElement('fs-import-start')
export class FsImportStart extends FsElement {
  static override styles = [formStyles, importPageStyles]

  @property() app = ''
  @property() object = ''
  @property({ type: Boolean }) busy = false
  @state() private over = false
  @state() private encoding = ''
  @state() private recent: readonly ImportInfo[] = []
  @state() private problem = ''

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('object') && this.object !== '') void this.#load()
  }

  async #load(): Promise<void> {
    try {
      const all = await imports.list()
      this.recent = all.filter(({ object }) => object === this.object)
    } catch (error) {
      this.problem = errorText(error)
    }
  }

  #choose(file: File | undefined | null): void {
    if (file) this.emit<ChosenFile>('file-chosen', { file, encoding: this.encoding })
  }

  #dropped(event: DragEvent): void {
    event.preventDefault()
    this.over = false
    this.#choose(event.dataTransfer?.files[0])
  }

  protected override render(): unknown {
    const over = (isOver: boolean) => (event: DragEvent) => {
      event.preventDefault()
      this.over = isOver
    }
    return html`<div class="start">
      <div
        class="drop ${this.over ? 'over' : ''}"
        @dragover=${over(true)}
        @dragleave=${over(false)}
        @drop=${(event: DragEvent) => this.#dropped(event)}
      >
        <label for="file"
          >${t('A CSV file; its first line names the columns. Choose it, or drop it here.')}</label
        >
        <input
          id="file"
          type="file"
          accept=".csv,.tsv,.txt,text/csv"
          ?disabled=${this.busy}
          @change=${(event: Event) => this.#choose((event.target as HTMLInputElement).files?.[0])}
        />
        ${this.busy ? html`<p role="status">${t('The file is being read …')}</p>` : nothing}
      </div>
      <div class="fields single">
        ${selectControl({
          name: 'encoding',
          label: t('Encoding'),
          value: this.encoding,
          choices: [
            { value: '', label: t('Find out') },
            ...encodings.map((value) => ({ value, label: value.toUpperCase() })),
          ],
          onInput: (encoding) => (this.encoding = encoding),
        })}
      </div>
      ${this.problem === '' ? nothing : html`<p class="problem" role="alert">${this.problem}</p>`}
      ${this.recent.length === 0 ? nothing : this.#recent()}
    </div>`
  }

  #recent(): unknown {
    return html`<h2>${t('Recent imports')}</h2>
      <fs-setup-table
        .caption=${t('Recent imports')}
        .columns=${this.#columns()}
        .rows=${this.recent}
        .rowKey=${({ id }: ImportInfo) => id}
      ></fs-setup-table>`
  }

  #columns(): readonly Column<ImportInfo>[] {
    return [
      {
        key: 'file',
        label: t('File'),
        cell: ({ id, fileName }) =>
          html`<a href=${paths.import(this.app, this.object, id)}>${fileName || t('Import')}</a>`,
      },
      { key: 'state', label: t('State'), cell: (info) => stateWord(info) },
      { key: 'rows', label: t('Rows'), numeric: true, cell: ({ rows }) => rows },
      { key: 'refused', label: t('Refused'), numeric: true, cell: ({ refused }) => refused },
      { key: 'date', label: t('Begun'), cell: ({ createdDate }) => formatMoment(createdDate) },
    ]
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-import-start': FsImportStart
  }
}
