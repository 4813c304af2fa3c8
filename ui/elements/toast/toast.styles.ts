/** Styles of the messages: bottom centre, above everything that is not modal. */
import { css } from 'lit'

export const toastStyles = css`
  :host {
    position: fixed;
    inset: auto 0 var(--fs-toast-bottom, 20px) 0;
    z-index: 50;
    display: flex;
    flex-direction: column;
    align-items: center;
    pointer-events: none;
  }
  /* Above the buttons of a form, which take the whole width there. */
  @media (max-width: 640px) {
    :host {
      inset-block-end: 76px;
    }
  }
  .toast {
    display: flex;
    align-items: center;
    gap: var(--fs-space-2);
    max-width: min(560px, calc(100vw - 32px));
    min-height: 44px;
    margin-top: var(--fs-space-2);
    padding: 6px 8px 6px 14px;
    border: 1px solid var(--fs-line);
    border-radius: var(--fs-radius-m);
    background: var(--fs-surface-raised);
    box-shadow: var(--fs-shadow-m);
    pointer-events: auto;
  }
  .toast p {
    flex: 1;
    padding-inline-end: var(--fs-space-2);
    overflow-wrap: anywhere;
  }
  .toast .button {
    color: var(--fs-accent);
    font-weight: var(--fs-weight-strong);
    padding: 0 10px;
  }
  .success > fs-icon:first-child {
    color: var(--fs-success);
  }
  .error {
    border-color: var(--fs-danger);
  }
  .error > fs-icon:first-child {
    color: var(--fs-danger);
  }
  .info > fs-icon:first-child {
    color: var(--fs-accent);
  }
`
