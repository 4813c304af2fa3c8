/**
 * The base of every editor: the same properties in, one event out. An editor renders one control with its
 * label, help and message, and reports each change by `value-changed` with the field's name and value.
 */
import { property } from 'lit/decorators.js'
import { FsElement } from '../base/element.ts'
import type { FormatContext } from '../base/formats.ts'
import type { Edit } from '../base/form-state.ts'
import type { AppScreen, FieldInfo, ObjectInfo, Value, WireRecord } from '../base/wire.ts'

/** What an editor may want to know beyond its own field. */
export interface EditorContext {
  readonly object: ObjectInfo
  readonly screen: AppScreen
  readonly app: string
  readonly format: FormatContext
  /** The record as it was read, with its parents' names; undefined for a new one. */
  readonly record: WireRecord | undefined
  readonly values: ReadonlyMap<string, Value>
  readonly errors: ReadonlyMap<string, string>
  readonly isNew: boolean
}

export interface EditorDetail extends Edit {}

export abstract class EditorElement extends FsElement {
  @property({ attribute: false }) value: Value = null
  @property() label = ''
  @property() help = ''
  @property({ type: Boolean }) required = false
  @property({ type: Boolean }) disabled = false
  /** The message at the field; empty when all is well. */
  @property() error = ''
  @property({ attribute: false }) describe: FieldInfo | undefined
  @property({ attribute: false }) context: EditorContext | undefined

  /** Reports what the user entered. */
  protected change(value: Value, unreadable?: string): void {
    this.emit<EditorDetail>('value-changed', {
      field: this.describe?.name ?? '',
      value,
      unreadable,
    })
  }

  /** Puts the focus into the (first) control. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('[data-control]')?.focus()
  }
}

/** The text of an event's control. */
export function inputText(event: Event): string {
  const target = event.target
  if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)
    return target.value
  return target instanceof HTMLElement && 'value' in target ? String(target.value ?? '') : ''
}
