/** To whom a record is open, and why; whoever may, opens it to others and takes that back. */
import { css, html, nothing } from 'lit'
import { plainControl } from '../../base/control-styles.ts'
import { customElement, property, state } from 'lit/decorators.js'
import { sharing, type ShareEntry, type ShareList } from '../../access-api.ts'
import { records } from '../../api.ts'
import { errorText } from '../../base/api-error.ts'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import type { FieldInfo, Value } from '../../base/wire.ts'
import type { EditorContext, EditorDetail } from '../../editors/editor-element.ts'
import '../../editors/lookup-editor.ts'
import '../dialog/dialog.ts'
import { openDialog } from '../dialog/open-dialog.ts'
import '../icon/icon.ts'
import '../notice/notice.ts'
import '../skeleton/skeleton.ts'
import './sharing-reasons.ts'
import { filterFields } from '../../setup/field-choices.ts'
import { causeWord, defaultWord, levelWord, sharedToText } from './sharing-words.ts'

export interface SharingQuestion {
  readonly id: string
  readonly name: string
  readonly context: EditorContext
}

export function openSharing(question: SharingQuestion): Promise<void> {
  return openDialog<void>(
    (answer) =>
      html`<fs-sharing-dialog
        .question=${question}
        @sharing-done=${() => answer()}
      ></fs-sharing-dialog>`,
  )
}

const principalField: FieldInfo = {
  name: 'UserOrGroupId',
  label: '',
  type: 'reference',
  nillable: false,
  createable: true,
  updateable: true,
  referenceTo: ['User', 'Group'],
}

@customElement('fs-sharing-dialog')
export class FsSharingDialog extends FsElement {
  static override styles = css`
    .content {
      display: grid;
      gap: var(--fs-space-5);
    }
    dl {
      display: grid;
      grid-template-columns: max-content 1fr;
      gap: 4px var(--fs-space-4);
    }
    dt {
      color: var(--fs-text-soft);
    }
    ul {
      display: grid;
      gap: var(--fs-space-2);
      padding: 0;
      margin: var(--fs-space-2) 0 0;
      list-style: none;
    }
    li {
      display: flex;
      gap: var(--fs-space-3);
      align-items: center;
      min-height: 36px;
      border-bottom: 1px solid var(--fs-line);
    }
    .who {
      flex: 1;
      min-width: 0;
      overflow-wrap: anywhere;
    }
    form {
      display: flex;
      flex-wrap: wrap;
      gap: var(--fs-space-3);
      align-items: end;
      margin-top: var(--fs-space-3);
    }
    fs-lookup-editor {
      flex: 1 1 240px;
    }
    label {
      display: grid;
      gap: 4px;
      font-size: var(--fs-text-s);
    }
    select {
      ${plainControl}
    }
  `

  @property({ attribute: false }) question: SharingQuestion | undefined
  @state() private list: ShareList | undefined
  @state() private error = ''
  @state() private who: Value = null
  @state() private level = 'Read'

  protected override firstUpdated(): void {
    void this.#load()
  }

  async #load(): Promise<void> {
    if (this.question) await this.#try(() => undefined)
  }

  /** Does something, and shows what is true afterwards. */
  async #try(work: () => unknown): Promise<void> {
    const { question } = this
    if (!question) return
    try {
      await work()
      this.list = await sharing.list(question.id)
      this.error = ''
    } catch (error) {
      this.error = errorText(error)
    }
  }

  protected override render(): unknown {
    const { question } = this
    if (!question) return nothing
    return html`<fs-dialog
      .heading=${t('Sharing of {name}', { name: question.name })}
      .open=${true}
      @dialog-close=${() => this.emit('sharing-done')}
    >
      <fs-notice kind="error" .text=${this.error} @dismiss=${() => (this.error = '')}></fs-notice>
      ${
        this.list
          ? html`<div class="content">
              ${this.#facts(this.list)} ${this.#shares(this.list, question)}
              <fs-sharing-reasons
                .recordId=${question.id}
                .fields=${filterFields(question.context.object)}
                .context=${question.context}
              ></fs-sharing-reasons>
            </div>`
          : html`<fs-skeleton lines="6"></fs-skeleton>`
      }
    </fs-dialog>`
  }

  #facts({ owner, sharingModel, hierarchy, rules }: ShareList): unknown {
    return html`<dl>
      <dt>${t('Owner')}</dt>
      <dd>${owner?.name ?? '–'}</dd>
      <dt>${t('Default')}</dt>
      <dd>${defaultWord(sharingModel)}</dd>
      <dt>${t('Role hierarchy')}</dt>
      <dd>${hierarchy ? t('Superiors have the same access') : t('Superiors get nothing by it')}</dd>
      ${rules.map(
        (rule) =>
          html`<dt>${t('Sharing rule')}</dt>
            <dd>${rule.name}: ${levelWord(rule.access)} (${sharedToText(rule.to)})</dd>`,
      )}
    </dl>`
  }

  #shares(list: ShareList, { context }: SharingQuestion): unknown {
    return html`<section aria-labelledby="shares">
      <h3 id="shares">${t('Opened to')}</h3>
      ${
        list.shares.length === 0
          ? html`<p>${t('This record is opened to nobody in particular.')}</p>`
          : html`<ul>
              ${list.shares.map((share) => this.#share(list, share, context))}
            </ul>`
      }
      ${list.mayShare ? this.#form(list, context) : nothing}
    </section>`
  }

  #share({ mayShare }: ShareList, share: ShareEntry, { screen }: EditorContext): unknown {
    const isManual = share.cause === 'Manual'
    return html`<li>
      <span class="who"
        >${share.who.name || share.who.id}
        <span class="soft small">${causeWord(screen, share.cause)}</span></span
      >
      <span>${levelWord(share.access)}</span>
      ${
        isManual && mayShare
          ? html`<button
              class="icon-button"
              aria-label=${t('Take access from {name}', { name: share.who.name })}
              @click=${() => void this.#try(() => records.remove(share.object, share.id))}
            >
              <fs-icon name="trash"></fs-icon>
            </button>`
          : nothing
      }
    </li>`
  }

  #form(list: ShareList, context: EditorContext): unknown {
    return html`<form
      @submit=${(event: Event) => {
        event.preventDefault()
        void this.#add(list)
      }}
    >
      <fs-lookup-editor
        .label=${t('Open to')}
        .describe=${principalField}
        .context=${context}
        .value=${this.who}
        @value-changed=${(event: CustomEvent<EditorDetail>) => (this.who = event.detail.value)}
      ></fs-lookup-editor>
      <label
        >${t('Access')}
        <select
          .value=${this.level}
          @change=${(event: Event) => {
            if (event.target instanceof HTMLSelectElement) this.level = event.target.value
          }}
        >
          <option value="Read">${levelWord('Read')}</option>
          <option value="Edit">${levelWord('Edit')}</option>
        </select></label
      >
      <button class="button" ?disabled=${this.who === null || this.who === ''}>
        ${t('Share')}
      </button>
    </form>`
  }

  async #add({ id, shareObject }: ShareList): Promise<void> {
    if (!shareObject || this.who === null) return
    const { name, record, principal, level } = shareObject
    await this.#try(() =>
      records.create(name, { [record]: id, [principal]: this.who, [level]: this.level }),
    )
    if (this.error === '') this.who = null
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-sharing-dialog': FsSharingDialog
  }
}
