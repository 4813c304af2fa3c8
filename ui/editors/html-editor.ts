/** Formatted text: bold, italic, underline, lists, links; what is loaded into it is cleaned first. */
import { Editor } from '@tiptap/core'
import { StarterKit } from '@tiptap/starter-kit'
import { html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { safeLink } from '../base/safe-link.ts'
import { t } from '../base/text.ts'
import { cleanHtml } from '../elements/html-value/html-value.ts'
import '../elements/icon/icon.ts'
import type { IconName } from '../elements/icon/icon.ts'
import { EditorElement } from './editor-element.ts'
import { htmlEditorStyles } from './html-editor.styles.ts'

interface Tool {
  readonly icon: IconName
  label(): string
  readonly mark: string
  run(editor: Editor): void
}

const tools: readonly Tool[] = [
  {
    icon: 'bold',
    label: () => t('Bold'),
    mark: 'bold',
    run: (e) => e.chain().focus().toggleBold().run(),
  },
  {
    icon: 'italic',
    label: () => t('Italic'),
    mark: 'italic',
    run: (e) => e.chain().focus().toggleItalic().run(),
  },
  {
    icon: 'underline',
    label: () => t('Underline'),
    mark: 'underline',
    run: (e) => e.chain().focus().toggleUnderline().run(),
  },
  {
    icon: 'list',
    label: () => t('Bulleted list'),
    mark: 'bulletList',
    run: (e) => e.chain().focus().toggleBulletList().run(),
  },
  {
    icon: 'numbered-list',
    label: () => t('Numbered list'),
    mark: 'orderedList',
    run: (e) => e.chain().focus().toggleOrderedList().run(),
  },
]

@customElement('fs-html-editor')
export class FsHtmlEditor extends EditorElement {
  static override styles = htmlEditorStyles

  @state() private linking = false
  #editor: Editor | undefined
  #reported = ''

  override focus(): void {
    this.#editor?.commands.focus()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#editor?.destroy()
    this.#editor = undefined
  }

  protected override firstUpdated(): void {
    const element = this.renderRoot.querySelector('.text')
    if (!element) return
    this.#reported = String(this.value ?? '')
    this.#editor = new Editor({
      element,
      injectCSS: false,
      content: cleanHtml(this.#reported),
      extensions: [
        StarterKit.configure({
          codeBlock: false,
          link: { openOnClick: false, isAllowedUri: (url) => safeLink(url) !== undefined },
        }),
      ],
      editorProps: { attributes: this.#attributes() },
      onUpdate: ({ editor }) => this.#report(editor),
      onTransaction: () => this.requestUpdate(),
    })
    this.requestUpdate()
  }

  protected override updated(changed: PropertyValues<this>): void {
    const editor = this.#editor
    if (!editor) return
    const value = String(this.value ?? '')
    if (changed.has('value') && value !== this.#reported) {
      this.#reported = value
      editor.commands.setContent(cleanHtml(value), { emitUpdate: false })
    }
    if (changed.has('disabled')) editor.setEditable(!this.disabled)
    if (changed.has('error') || changed.has('label')) {
      editor.setOptions({ editorProps: { attributes: this.#attributes() } })
    }
  }

  #attributes(): Record<string, string> {
    return {
      role: 'textbox',
      'aria-multiline': 'true',
      'aria-label': this.label,
      'aria-describedby': 'message help',
      ...(this.required ? { 'aria-required': 'true' } : {}),
      ...(this.error === '' ? {} : { 'aria-invalid': 'true' }),
    }
  }

  #report(editor: Editor): void {
    this.#reported = editor.isEmpty ? '' : editor.getHTML()
    this.change(this.#reported === '' ? null : this.#reported)
  }

  protected override render(): unknown {
    return html`
      <span class="label" @click=${() => this.focus()}
        >${this.label}${this.required ? html`<span class="star" aria-hidden="true"> *</span>` : nothing}</span
      >
      <div class="frame ${this.error ? 'invalid' : ''}">
        <div class="tools" role="toolbar" aria-label=${t('Formatting')} @mousedown=${keepFocus}>
          ${tools.map((tool) => this.#tool(tool))}
          <button
            type="button"
            class="icon-button small"
            aria-label=${t('Link')}
            title=${t('Link')}
            aria-pressed=${this.#editor?.isActive('link') ? 'true' : 'false'}
            ?disabled=${this.disabled}
            @click=${() => this.#toggleLink()}
          >
            <fs-icon name="link"></fs-icon>
          </button>
        </div>
        ${this.linking ? this.#linkForm() : nothing}
        <div class="text"></div>
      </div>
      ${this.help ? html`<p id="help" class="help">${this.help}</p>` : nothing}
      <p id="message" class="error" ?hidden=${this.error === ''}>${this.error}</p>
    `
  }

  #tool(tool: Tool): unknown {
    const editor = this.#editor
    return html`<button
      type="button"
      class="icon-button small"
      aria-label=${tool.label()}
      title=${tool.label()}
      aria-pressed=${editor?.isActive(tool.mark) ? 'true' : 'false'}
      ?disabled=${this.disabled}
      @click=${() => editor && tool.run(editor)}
    >
      <fs-icon name=${tool.icon}></fs-icon>
    </button>`
  }

  #toggleLink(): void {
    if (this.#editor?.isActive('link')) this.#editor.chain().focus().unsetLink().run()
    else this.linking = true
  }

  #linkForm(): unknown {
    return html`<div class="link">
      <input
        type="url"
        autofocus
        aria-label=${t('Web address')}
        placeholder="https://"
        @keydown=${(event: KeyboardEvent) => this.#linkKey(event)}
      />
    </div>`
  }

  #linkKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.linking = false
    if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return
    event.preventDefault()
    event.stopPropagation()
    const href = safeLink(event.target.value)
    this.linking = false
    if (href !== undefined) this.#editor?.chain().focus().setLink({ href }).run()
  }
}

/** What is typed right after a click belongs into the text, not onto the button. */
function keepFocus(event: Event): void {
  event.preventDefault()
}
