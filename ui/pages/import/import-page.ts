/** An import from its file to its result, and back: everything that is known of it stands on the server. */
import { html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { imports } from '../../api.ts'
import { errorText } from '../../base/api-error.ts'
import { paths, setPageTitle } from '../../base/navigation.ts'
import { objectScreen } from '../../base/object-store.ts'
import { PageElement } from '../../base/page-element.ts'
import { router } from '../../base/router.ts'
import { t } from '../../base/text.ts'
import type { ImportInfo, ImportSample, ImportSettings } from '../../base/wire-imports.ts'
import { confirm } from '../../elements/dialog/confirm.ts'
import '../../elements/import-mapping/import-mapping.ts'
import '../../elements/import-rows/import-rows.ts'
import '../../elements/page-header/page-header.ts'
import '../../elements/skeleton/skeleton.ts'
import { formatMoment } from '../../setup/format-moment.ts'
import { formStyles } from '../../setup/form-styles.ts'
import './import-start.ts'
import type { ChosenFile } from './import-start.ts'
import { importPageStyles } from './import-page.styles.ts'
import { headingOf } from './import-words.ts'

const pollMs = 700

@customElement('fs-import-page')
export class FsImportPage extends PageElement {
  static override styles = [formStyles, importPageStyles]

  @state() private label = ''
  @state() private info: ImportInfo | undefined
  @state() private sample: ImportSample | undefined
  @state() private settings: ImportSettings | undefined
  @state() private problem = ''
  @state() private busy = false
  #timer: ReturnType<typeof setTimeout> | undefined

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('location') || !this.location) return
    clearTimeout(this.#timer)
    if (this.info?.id !== this.param('id')) {
      this.info = undefined
      this.sample = undefined
    }
    this.problem = ''
    void this.#load()
  }

  async #load(): Promise<void> {
    const { object, id } = { object: this.param('object'), id: this.param('id') }
    await this.#try(async () => {
      const { describe } = await objectScreen(object)
      this.label = describe.labelPlural
      setPageTitle(t('Import'), this.label)
      if (id !== '') await this.#take(await imports.get(id))
    })
  }

  /** What is known of the import now; asked again while it is at work. */
  async #take(info: ImportInfo): Promise<void> {
    if (info.id !== this.param('id')) return
    const needsSample = info.state === 'mapping' || info.state === 'rehearsed'
    if (needsSample && (!this.sample || this.info?.columns !== info.columns)) {
      this.sample = await imports.sample(info.id)
      this.settings = info.settings ?? undefined
    }
    this.info = info
    clearTimeout(this.#timer)
    if (isAtWork(info) && this.isConnected) {
      this.#timer = setTimeout(() => void this.#follow(info.id), pollMs)
    }
  }

  async #follow(id: string): Promise<void> {
    await this.#try(async () => this.#take(await imports.get(id)))
  }

  async #try(work: () => Promise<unknown>): Promise<void> {
    try {
      this.problem = ''
      await work()
    } catch (error) {
      this.problem = errorText(error)
    }
  }

  async #act(action: 'rehearse' | 'run' | 'stop' | 'undo'): Promise<void> {
    const id = this.info?.id ?? ''
    const isStart = action === 'rehearse' || action === 'run'
    this.busy = true
    await this.#try(async () =>
      this.#take(await imports.act(id, action, isStart ? this.settings : undefined)),
    )
    this.busy = false
  }

  async #begin({ file, encoding }: ChosenFile): Promise<void> {
    this.busy = true
    await this.#try(async () => {
      const id = this.info?.id ?? (await imports.create(this.param('object'), file.name)).id
      const info = await imports.upload(id, file, encoding)
      this.sample = undefined
      this.info = undefined
      await router.navigate(paths.import(this.appName, this.param('object'), info.id))
    })
    this.busy = false
  }

  protected override render(): unknown {
    const { info } = this
    const id = this.param('id')
    const heading = info ? headingOf(info) : id === '' ? t('Choose a file') : ''
    return html`<div class="page">
      <fs-page-header
        .heading=${heading}
        .above=${t('Import {objects}', { objects: this.label })}
        icon="arrow-down"
      >
        <p slot="meta" class="soft small">${info ? this.#about(info) : nothing}</p>
        <a slot="actions" class="button" href=${paths.list(this.appName, this.param('object'))}
          >${t('Back to the list')}</a
        >
      </fs-page-header>
      ${this.problem === '' ? nothing : html`<p class="problem" role="alert">${this.problem}</p>`}
      <div class="card body">${this.#step(info, id)}</div>
    </div>`
  }

  #about({ fileName, rows, encoding, createdDate }: ImportInfo): string {
    const count = t('{count, plural, one {# row} other {# rows}}', { count: rows })
    const parts = [fileName, count, encoding.toUpperCase(), formatMoment(createdDate)]
    return parts.filter((part) => part !== '').join(' · ')
  }

  #step(info: ImportInfo | undefined, id: string): unknown {
    if (id === '' || info?.state === 'empty') {
      return html`<fs-import-start
        .app=${this.appName}
        .object=${this.param('object')}
        ?busy=${this.busy}
        @file-chosen=${(event: CustomEvent<ChosenFile>) => void this.#begin(event.detail)}
      ></fs-import-start>`
    }
    if (!info) return this.problem === '' ? html`<fs-skeleton lines="8"></fs-skeleton>` : nothing
    if (isAtWork(info)) return this.#progress(info)
    if (info.state === 'mapping') return this.#mapping(info)
    return this.#result(info)
  }

  #mapping(info: ImportInfo): unknown {
    return html`
      <fs-import-mapping
        .info=${info}
        .sample=${this.sample}
        .settings=${this.settings}
        @settings-change=${(event: CustomEvent<ImportSettings>) => (this.settings = event.detail)}
      ></fs-import-mapping>
      <p class="soft">
        ${t('The rehearsal tries every row and keeps nothing: you see what would happen first.')}
      </p>
      <div class="actions">
        <button
          class="button primary"
          ?disabled=${this.busy}
          @click=${() => void this.#act('rehearse')}
        >
          ${t('Rehearse')}
        </button>
        <a class="button" href=${paths.import(this.appName, this.param('object'))}
          >${t('Take another file')}</a
        >
      </div>
    `
  }

  #progress(info: ImportInfo): unknown {
    const { processed, rows, refused } = info.undo ?? info
    const values = { processed, rows, refused }
    return html`
      <label for="progress"> ${t('{processed} of {rows} rows, {refused} refused', values)} </label>
      <progress id="progress" max=${Math.max(1, rows)} value=${processed}></progress>
      <p class="soft">${t('It goes on without this page; come back at any time.')}</p>
      <div class="actions">
        <button class="button" ?disabled=${this.busy} @click=${() => void this.#act('stop')}>
          ${t('Stop')}
        </button>
      </div>
    `
  }

  #result(info: ImportInfo): unknown {
    const { undo } = info
    const isRehearsal = info.state === 'rehearsed'
    const rowsRehearsed = isRehearsal || info.state === 'failed'
    const counts =
      undo === null
        ? { created: info.created, changed: info.changed, refused: info.refused }
        : { created: 0, changed: undo.processed - undo.refused, refused: undo.refused }
    return html`
      ${info.error === '' ? nothing : html`<p class="problem" role="alert">${info.error}</p>`}
      ${this.#figures(info, counts)}
      <div class="actions">${isRehearsal ? this.#afterRehearsal(info) : this.#afterRun(info)}</div>
      <fs-import-rows
        .app=${this.appName}
        .object=${this.param('object')}
        import-id=${info.id}
        .of=${undo === null ? 'import' : 'undo'}
        .columns=${info.columns}
        .counts=${counts}
        ?rehearsal=${rowsRehearsed}
        ?deletes=${info.settings?.operation === 'delete'}
      ></fs-import-rows>
    `
  }

  #figures(
    info: ImportInfo,
    counts: Readonly<Record<'created' | 'changed' | 'refused', number>>,
  ): unknown {
    const isRehearsal = info.state === 'rehearsed'
    const changes = info.undo
      ? t('taken back')
      : info.settings?.operation === 'delete'
        ? isRehearsal
          ? t('would be deleted')
          : t('deleted')
        : isRehearsal
          ? t('would change')
          : t('changed')
    const figure = (count: number, word: string, kind = ''): unknown =>
      html`<span class="figure ${kind}"><b>${count}</b>${word}</span>`
    return html`<div class="figures">
      ${info.undo ? nothing : figure(counts.created, isRehearsal ? t('would be added') : t('added'))}
      ${figure(counts.changed, changes)}
      ${figure(counts.refused, t('refused'), counts.refused > 0 ? 'danger' : '')}
    </div>`
  }

  #afterRehearsal(info: ImportInfo): unknown {
    return html`
      <button class="button primary" ?disabled=${this.busy} @click=${() => void this.#act('run')}>
        ${info.refused === 0 ? t('Import now') : t('Import all but the refused rows')}
      </button>
      <button class="button" @click=${() => this.#mapAgain(info)}>
        ${t('Change the mapping')}
      </button>
      ${this.#download(info, 'refused')}
    `
  }

  #mapAgain(info: ImportInfo): void {
    void this.#try(async () => this.#take({ ...info, state: 'mapping' }))
  }

  #afterRun(info: ImportInfo): unknown {
    const mayUndo = info.undoable && (info.undo === null || info.undo.state !== 'done')
    return html`
      ${
        mayUndo
          ? html`<button
                class="button danger"
                ?disabled=${this.busy}
                @click=${() => void this.#undo(info)}
              >
                ${t('Take the import back')}
              </button>
              <span class="soft small">
                ${t('Possible until {time}.', { time: formatMoment(info.keptUntil) })}
              </span>`
          : nothing
      }
      ${
        info.state === 'failed' && !info.undoable
          ? html`<button class="button" @click=${() => this.#mapAgain(info)}>
              ${t('Change the mapping')}
            </button>`
          : nothing
      }
      ${this.#download(info, 'refused')} ${this.#download(info, 'done')}
    `
  }

  #download(info: ImportInfo, kind: 'refused' | 'done'): unknown {
    const count = kind === 'refused' ? info.refused : info.processed - info.refused
    if (count === 0) return nothing
    const label = kind === 'refused' ? t('Download the refused rows') : t('Download the result')
    return html`<a class="button" download href=${imports.file(info.id, kind)}>${label}</a>`
  }

  async #undo(info: ImportInfo): Promise<void> {
    const sure = await confirm({
      heading: t('Take the import back?'),
      text: t(
        'Added records move to the recycle bin, changed ones get their old values, deleted ones return. What others changed since stays as it is and is told.',
      ),
      confirmLabel: t('Take it back'),
      danger: true,
    })
    if (sure && this.info?.id === info.id) await this.#act('undo')
  }
}

function isAtWork({ state: now, undo }: ImportInfo): boolean {
  return now === 'rehearsing' || now === 'running' || undo?.state === 'running'
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-import-page': FsImportPage
  }
}
