/** Styles of the dialog that edits a field of many rows. */
import { css } from 'lit'
import { plainControl } from '../../base/control-styles.ts'

export const editRowsStyles = css`
  .choice {
    display: grid;
    gap: 4px;
    margin-bottom: var(--fs-space-4);
    font-size: var(--fs-text-s);
    color: var(--fs-text-soft);
  }
  select {
    ${plainControl}
  }
  .kinds {
    display: flex;
    flex-wrap: wrap;
    gap: 4px var(--fs-space-4);
    margin-bottom: var(--fs-space-3);
  }
  .kinds label {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 28px;
  }
  input[type='radio'] {
    accent-color: var(--fs-accent);
  }
  .error {
    color: var(--fs-danger);
  }
`
