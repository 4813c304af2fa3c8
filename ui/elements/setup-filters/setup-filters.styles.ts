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
  .button {
    align-self: flex-start;
  }
  @media (max-width: 640px) {
    .row {
      grid-template-columns: minmax(0, 1fr) 28px;
    }
    .row > :not(.icon-button) {
      grid-column: 1;
    }
    .row .icon-button {
      grid-column: 2;
      grid-row: 1;
    }
  }
`
