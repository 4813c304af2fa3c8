/** Styles of the dialog that edits a field of many rows. */
import { css } from 'lit'

export const editRowsStyles = css`
  .choice {
    display: grid;
    gap: 4px;
    margin-bottom: var(--fs-space-4);
    font-size: var(--fs-text-s);
    color: var(--fs-text-soft);
  }
  select {
    height: var(--fs-control-height);
    padding: 0 8px;
    border: 1px solid var(--fs-line-strong);
    border-radius: var(--fs-radius-m);
    background: var(--fs-surface);
    color: var(--fs-text);
    font-size: var(--fs-text-m);
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
