/** Styles of the filters of a list view. */
import { css } from 'lit'

export const setupFiltersStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: var(--fs-space-2);
    min-width: 0;
  }
  .row {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) minmax(0, 1fr) 28px;
    gap: var(--fs-space-2);
    align-items: center;
  }
  .row.kinds {
    grid-template-columns: minmax(0, 2fr) minmax(0, 1.4fr) minmax(0, 1fr) minmax(0, 2fr) 28px;
  }
  .row:has(.number) {
    grid-template-columns: 20px minmax(0, 2fr) minmax(0, 1.4fr) minmax(0, 1fr) minmax(0, 2fr) 28px;
  }
  .number {
    font-variant-numeric: tabular-nums;
    text-align: end;
    color: var(--fs-text-soft);
  }
  p {
    margin: 0;
  }
  .button {
    align-self: flex-start;
  }
  @media (max-width: 640px) {
    .row,
    .row.kinds,
    .row:has(.number) {
      grid-template-columns: minmax(0, 1fr) 28px;
    }
    .row > :not(.icon-button) {
      grid-column: 1;
    }
    .row .number {
      text-align: start;
    }
    .row .icon-button {
      grid-column: 2;
      grid-row: 1;
    }
  }
`
