/** The files of a record: dropped or chosen to upload, looked at, followed by new versions, taken away. */
import { html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { records } from '../../api.ts'
import { errorText } from '../../base/api-error.ts'
import { cardStyles } from '../../base/base-styles.ts'
import { FsElement } from '../../base/element.ts'
import { formatDateTime } from '../../base/formats.ts'
import { live } from '../../base/live.ts'
import { t } from '../../base/text.ts'
import { Turns } from '../../base/turns.ts'
import { files, type FileInfo } from '../../files-api.ts'
import { confirm } from '../dialog/confirm.ts'
import type { ValueContext } from '../field-value/render-value.ts'
import '../menu/menu.ts'
import type { MenuItem } from '../menu/menu.ts'
import '../skeleton/skeleton.ts'
import { showToast } from '../toast/toast.ts'
import { fileCardStyles } from './file-card.styles.ts'

interface Running {
  readonly name: string
  readonly part: number
}

@customElement('fs-file-card')
export class FsFileCard extends FsElement {
  static override styles = [cardStyles, fileCardStyles]

  @property({ attribute: false }) recordId = ''
  @property({ attribute: false }) context: ValueContext | undefined
  @state() private list: readonly FileInfo[] | undefined
  @state() private running: Running | undefined
  @state() private isOver = false
  @state() private problem = ''
  #stop: () => void = () => undefined
  readonly #turns = new Turns()

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stop = live.onRecord(({ object }) => {
      if (object === 'ContentDocumentLink' || object === 'ContentDocument') void this.#load()
    })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('recordId') || this.recordId === '') return
    this.list = undefined
    void this.#load()
  }

  async #load(): Promise<void> {
    const isLatest = this.#turns.next()
    try {
      const found = await files.of(this.recordId)
      if (isLatest()) this.list = found
      this.problem = ''
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    const { list } = this
    return html`<div
      class="card ${this.isOver ? 'over' : ''}"
      @dragover=${(event: DragEvent) => this.#drag(event, true)}
      @dragleave=${(event: DragEvent) => this.#drag(event, false)}
      @drop=${(event: DragEvent) => this.#drop(event)}
    >
      <header>
        <h2>${t('Files')} ${list ? html`<span class="count">(${list.length})</span>` : nothing}</h2>
        <button class="button small" @click=${() => this.#choose()}>${t('Upload files')}</button>
        <input type="file" multiple hidden @change=${(event: Event) => this.#chosen(event)} />
      </header>
      ${this.#content()}
    </div>`
  }

  #content(): unknown {
    const { list, running, problem } = this
    if (problem !== '') return html`<p class="hint soft" role="alert">${problem}</p>`
    if (!list) return html`<fs-skeleton lines="2"></fs-skeleton>`
    return html`${
      running === undefined
        ? nothing
        : html`<p class="hint soft" role="status">
            ${t('Uploading {name}…', { name: running.name })}
            <progress max="1" .value=${running.part} aria-label=${running.name}></progress>
          </p>`
    }
    ${
      list.length === 0
        ? html`<p class="hint soft">${t('Drop files here.')}</p>`
        : html`<ul>
            ${list.map((file) => this.#line(file))}
          </ul>`
    }`
  }

  #line(file: FileInfo): unknown {
    const format = this.context?.format
    const changed = format === undefined ? '' : formatDateTime(file.changed, format)
    const about = [file.fileType, sizeText(file.bytes), changed].filter((one) => one !== '')
    return html`<li>
      <div class="what">
        <button class="title" @click=${() => void this.#show(file)}>${file.title}</button>
        <span class="soft">${about.join(' · ')}</span>
      </div>
      <fs-menu
        button-class="icon-button"
        label=${t('Actions for {name}', { name: file.title })}
        .items=${this.#actions(file)}
        @menu-select=${(event: CustomEvent<{ id: string }>) => void this.#act(event.detail.id, file)}
        ><fs-icon name="more-vertical"></fs-icon
      ></fs-menu>
    </li>`
  }

  #actions(file: FileInfo): readonly MenuItem[] {
    const isOwn = file.ownerId === this.context?.screen.user.id
    return [
      { id: 'download', label: t('Download') },
      { id: 'version', label: t('New version…') },
      { id: 'unlink', label: t('Remove from record') },
      ...(isOwn ? [{ id: 'delete', label: t('Delete file…'), danger: true }] : []),
    ]
  }

  async #act(action: string, file: FileInfo): Promise<void> {
    if (action === 'download') return download(file)
    if (action === 'version') return this.#choose(file.documentId)
    if (action === 'unlink') {
      await this.#try(() => records.remove('ContentDocumentLink', file.linkId))
    }
    if (action !== 'delete') return
    const isMeant = await confirm({
      heading: t('Delete {name}?', { name: file.title }),
      text: t('The file goes to the recycle bin with all its versions, everywhere.'),
      confirmLabel: t('Delete'),
      danger: true,
    })
    if (isMeant) await this.#try(() => records.remove('ContentDocument', file.documentId))
  }

  async #show(file: FileInfo): Promise<void> {
    const { showFile } = await import('./file-preview.ts')
    await showFile(file)
  }

  #document: string | undefined

  get #input(): HTMLInputElement | null {
    return this.renderRoot.querySelector('input')
  }

  #choose(documentId?: string): void {
    this.#document = documentId
    const input = this.#input
    if (input === null) return
    input.multiple = documentId === undefined
    input.value = ''
    input.click()
  }

  #chosen(event: Event): void {
    const input = event.target
    if (input instanceof HTMLInputElement) void this.#take([...(input.files ?? [])], this.#document)
  }

  #drag(event: DragEvent, isOver: boolean): void {
    if (event.dataTransfer?.types.includes('Files') !== true) return
    event.preventDefault()
    this.isOver = isOver
  }

  #drop(event: DragEvent): void {
    const dropped = [...(event.dataTransfer?.files ?? [])]
    if (dropped.length === 0) return
    event.preventDefault()
    this.isOver = false
    void this.#take(dropped)
  }

  /** One after the other: a refused one does not keep the others away. */
  async #take(chosen: readonly File[], documentId?: string): Promise<void> {
    for (const file of chosen) {
      this.running = { name: file.name, part: 0 }
      const place = documentId === undefined ? { recordId: this.recordId } : { documentId }
      const onProgress = (part: number): void => {
        this.running = { name: file.name, part }
      }
      await this.#try(() => files.upload({ file, ...place, onProgress }))
    }
    this.running = undefined
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      showToast({ kind: 'error', text: errorText(error) })
    }
    await this.#load()
  }
}

function download(file: FileInfo): void {
  const link = document.createElement('a')
  link.href = files.contentPath(file.versionId)
  link.download = ''
  link.click()
}

const units = ['B', 'KB', 'MB', 'GB']

export function sizeText(bytes: number): string {
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3))
  const value = bytes / 1000 ** step
  return `${value < 10 && step > 0 ? value.toFixed(1) : Math.round(value)} ${units[step]}`
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-file-card': FsFileCard
  }
}
