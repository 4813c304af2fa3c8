/** Styles of the formatted-text editor. */
import { css } from 'lit'

export const htmlEditorStyles = css`
  :host {
    display: block;
  }
  .label {
    display: block;
    margin-bottom: 4px;
    font-size: var(--fs-text-s);
    color: var(--fs-text-soft);
  }
  .star,
  .error {
    color: var(--fs-danger);
  }
  .help,
  .error {
    margin-top: 4px;
    font-size: var(--fs-text-s);
  }
  .help {
    color: var(--fs-text-soft);
  }
  .frame {
    border: 1px solid var(--fs-line-strong);
    border-radius: var(--fs-radius-m);
    background: var(--fs-surface);
  }
  .frame:focus-within {
    outline: 2px solid var(--fs-focus);
    outline-offset: -1px;
  }
  .frame.invalid {
    border-color: var(--fs-danger);
  }
  .tools {
    display: flex;
    gap: 2px;
    padding: 2px 4px;
    border-bottom: 1px solid var(--fs-line);
  }
  .link {
    padding: 4px;
    border-bottom: 1px solid var(--fs-line);
  }
  .link input {
    width: 100%;
    height: 30px;
    padding: 0 8px;
    border: 1px solid var(--fs-line-strong);
    border-radius: var(--fs-radius-s);
    background: var(--fs-surface);
  }
  .ProseMirror {
    position: relative;
    min-height: 96px;
    max-height: 420px;
    padding: 8px 10px;
    overflow: auto;
    white-space: pre-wrap;
    overflow-wrap: break-word;
    outline: none;
  }
  .ProseMirror > * + * {
    margin-top: 6px;
  }
  .ProseMirror :is(ul, ol) {
    padding-inline-start: 22px;
  }
  .ProseMirror blockquote {
    margin-inline: 0;
    padding-inline-start: 12px;
    border-inline-start: 3px solid var(--fs-line);
  }
`
