/** Styles of the review of a plan. */
import { css } from 'lit'

export const setupReviewStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: var(--fs-space-4);
    min-width: 0;
  }
  .summary {
    margin-bottom: var(--fs-space-4);
    font-size: var(--fs-text-l);
    font-weight: var(--fs-weight-strong);
    overflow-wrap: anywhere;
  }
  .notice {
    display: flex;
    gap: var(--fs-space-2);
    padding: var(--fs-space-3) var(--fs-space-4);
    border-radius: var(--fs-radius-m);
    background: var(--fs-accent-soft);
  }
  .notice.danger {
    background: var(--fs-danger-soft);
    overflow-wrap: anywhere;
  }
  .notice.danger fs-icon {
    color: var(--fs-danger);
  }
  .consent {
    max-width: 560px;
    margin-top: var(--fs-space-4);
    padding: var(--fs-space-3) var(--fs-space-4);
    border: 1px solid var(--fs-line-strong);
    border-radius: var(--fs-radius-m);
  }
  .consent .field > label {
    font-size: var(--fs-text-m);
    color: var(--fs-text);
  }
  footer {
    display: flex;
    flex-wrap: wrap;
    gap: var(--fs-space-2);
    padding-top: var(--fs-space-4);
    border-top: 1px solid var(--fs-line);
  }
  footer .grow {
    flex: 1;
  }
`
