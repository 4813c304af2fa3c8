/** Styles of `fs-dialog`: three widths, a sheet from the bottom on narrow screens. */
import { css } from 'lit'

export const dialogStyles = css`
  dialog {
    width: min(640px, calc(100vw - 32px));
    max-width: none;
    max-height: min(86vh, 900px);
    padding: 0;
    border: 1px solid var(--fs-line);
    border-radius: var(--fs-radius-l);
    background: var(--fs-surface-raised);
    color: var(--fs-text);
    box-shadow: var(--fs-shadow-l);
    overflow: hidden;
  }
  dialog[open] {
    display: flex;
  }
  :host([size='small']) dialog {
    width: min(440px, calc(100vw - 32px));
  }
  :host([size='large']) dialog {
    width: min(960px, calc(100vw - 32px));
  }
  dialog::backdrop {
    background: var(--fs-backdrop);
  }
  .frame {
    display: flex;
    flex-direction: column;
    width: 100%;
    min-height: 0;
  }
  .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--fs-space-3);
    padding: var(--fs-space-3) var(--fs-space-3) var(--fs-space-3) var(--fs-space-5);
  }
  .content {
    flex: 1;
    min-height: 0;
    overflow: auto;
    padding: 4px var(--fs-space-5) var(--fs-space-5);
  }
  footer {
    padding: var(--fs-space-3) var(--fs-space-5);
    border-top: 1px solid var(--fs-line);
  }
  footer ::slotted(*) {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: var(--fs-space-2);
  }
  @media (max-width: 640px) {
    dialog,
    :host([size]) dialog {
      width: 100vw;
      max-height: 92dvh;
      margin: auto 0 0;
      border-radius: var(--fs-radius-l) var(--fs-radius-l) 0 0;
    }
  }
`
