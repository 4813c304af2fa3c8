/** Values side by side, one below the other where there is no room. */
import { css } from 'lit'

export const mergeRowsStyles = css`
  p {
    margin: 0 0 var(--fs-space-3);
  }
  .problem {
    color: var(--fs-error);
  }
  fieldset {
    min-width: 0;
    margin: 0 0 var(--fs-space-3);
    padding: 0;
    border: 0;
  }
  legend {
    padding: 0;
    font-weight: var(--fs-weight-strong);
  }
  .choices {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: minmax(0, 1fr);
    gap: var(--fs-space-2);
    margin-top: var(--fs-space-2);
  }
  label {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 8px;
    padding: 10px 12px;
    border: 1px solid var(--fs-line-strong);
    border-radius: var(--fs-radius-m);
    overflow-wrap: anywhere;
    cursor: pointer;
  }
  label:has(:checked) {
    border-color: var(--fs-accent);
    background: var(--fs-accent-soft);
  }
  @media (max-width: 640px) {
    .choices {
      grid-auto-flow: row;
    }
  }
`
