/** Styles of the frame. */
import { css } from 'lit'

export const shellStyles = css`
  :host {
    display: block;
    min-height: 100dvh;
  }
  .frame {
    display: flex;
    flex-direction: column;
    min-height: 100dvh;
  }
  .skip {
    position: fixed;
    inset: 8px auto auto 8px;
    z-index: 60;
    padding: 8px 14px;
    border-radius: var(--fs-radius-m);
    background: var(--fs-accent);
    color: var(--fs-on-accent);
    transform: translateY(-200%);
  }
  .skip:focus {
    transform: none;
  }
  fs-header {
    position: sticky;
    top: 0;
    z-index: 20;
  }
  @media print {
    fs-header,
    fs-toast-region,
    .skip {
      display: none;
    }
  }
  main {
    flex: 1;
    display: flex;
    flex-direction: column;
    min-width: 0;
  }
  main:focus {
    outline: none;
  }
  main > * {
    flex: 1;
    min-width: 0;
  }
  .message {
    display: grid;
    flex: none;
    justify-items: start;
    gap: var(--fs-space-3);
    max-width: 560px;
    margin: 12vh auto 0;
    padding: var(--fs-space-6);
  }
`
