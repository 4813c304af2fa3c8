/** Styles of the form page: one card, the buttons always in reach. */
import { css } from 'lit'

export const recordFormStyles = css`
  :host {
    display: flex;
    flex-direction: column;
  }
  .page {
    flex: 1;
    display: flex;
    flex-direction: column;
    gap: var(--fs-space-3);
    width: 100%;
    max-width: 1280px;
    margin: 0 auto;
    padding: var(--fs-space-4) var(--fs-gutter) var(--fs-space-6);
  }
  form {
    position: relative;
    padding: var(--fs-space-5) var(--fs-space-6) var(--fs-space-6);
  }
  .legend {
    margin-bottom: var(--fs-space-3);
  }
  .footer {
    position: sticky;
    bottom: 0;
    z-index: 5;
    padding: 10px var(--fs-gutter);
    border-top: 1px solid var(--fs-line);
    background: var(--fs-surface);
  }
  .buttons {
    display: flex;
    justify-content: flex-end;
    gap: var(--fs-space-2);
    max-width: calc(1280px - 2 * var(--fs-gutter));
    margin: 0 auto;
  }
  fs-form-sections {
    scroll-padding-bottom: 80px;
  }
  @media (max-width: 640px) {
    form {
      padding: var(--fs-space-4);
    }
    .buttons > .button {
      flex: 1;
      padding: 0 8px;
    }
  }
`
