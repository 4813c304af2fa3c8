/** The shape that pages of Setup and their parts share: notices, panels, facts. */
import { css } from 'lit'

const sharedStyles = css`
  .panel {
    min-width: 0;
    background: var(--fs-surface);
    border: 1px solid var(--fs-line);
    border-radius: var(--fs-radius-l);
  }
  .panel > .padded {
    padding: var(--fs-space-4) var(--fs-space-5);
  }
  .padded > fs-setup-errors:not([hidden]) {
    margin-bottom: var(--fs-space-4);
  }
  .panel > .stack {
    display: flex;
    flex-direction: column;
    gap: var(--fs-space-4);
  }
  .panel > header {
    display: flex;
    flex-wrap: wrap;
    gap: var(--fs-space-2) var(--fs-space-3);
    align-items: center;
    padding: var(--fs-space-3) var(--fs-space-4);
    border-bottom: 1px solid var(--fs-line);
  }
  .panel > header h2 {
    flex: 1 1 auto;
  }
  .notice {
    display: flex;
    gap: var(--fs-space-2);
    padding: var(--fs-space-3) var(--fs-space-4);
    border-radius: var(--fs-radius-m);
    background: var(--fs-accent-soft);
  }
  .notice > fs-icon {
    margin-top: 1px;
  }
  .notice.danger {
    background: var(--fs-danger-soft);
  }
  .notice.danger > fs-icon {
    color: var(--fs-danger);
  }
  .notice.warning {
    background: var(--fs-warning-soft);
  }
  .notice.warning > fs-icon {
    color: var(--fs-warning);
  }
  .crumbs {
    display: flex;
    flex-wrap: wrap;
    gap: 0 6px;
    align-items: center;
  }
  .crumbs a {
    display: inline-flex;
    align-items: center;
    min-height: 24px;
  }
  .facts {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(260px, 100%), 1fr));
    gap: var(--fs-space-4) var(--fs-space-6);
  }
  .facts dt {
    font-size: var(--fs-text-s);
    color: var(--fs-text-soft);
  }
  .facts dd {
    overflow-wrap: anywhere;
  }
`

/** A whole page. */
export const setupPageStyles = [
  sharedStyles,
  css`
    :host {
      display: flex;
      flex-direction: column;
      gap: var(--fs-space-4);
      min-width: 0;
      padding: var(--fs-space-5) var(--fs-gutter) var(--fs-space-8);
    }
  `,
]

/** A part within a page. */
export const partStyles = [
  sharedStyles,
  css`
    :host {
      display: flex;
      flex-direction: column;
      gap: var(--fs-space-3);
      min-width: 0;
    }
  `,
]
