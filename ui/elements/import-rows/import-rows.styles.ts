/** Styles of the rows of an import. */
import { css } from 'lit'

export const importRowsStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    align-items: stretch;
    gap: var(--fs-space-3);
    min-width: 0;
  }
  .button {
    align-self: center;
  }
  .none {
    padding: var(--fs-space-4);
  }
`
