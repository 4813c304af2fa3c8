/** Styles of the filter panel. */
import { css } from 'lit'
import { plainControl } from '../../base/control-styles.ts'

export const filterPanelStyles = css`
  :host {
    display: block;
  }
  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding: 8px 8px 8px 16px;
    border-bottom: 1px solid var(--fs-line);
  }
  h2 {
    font-size: var(--fs-text-m);
  }
  .rows {
    display: grid;
    gap: var(--fs-space-4);
    padding: var(--fs-space-4);
  }
  fieldset {
    display: grid;
    gap: var(--fs-space-2);
    padding-bottom: var(--fs-space-4);
    border-bottom: 1px solid var(--fs-line);
  }
  .line {
    display: flex;
    align-items: end;
    gap: 4px;
  }
  .line label {
    flex: 1;
    min-width: 0;
  }
  label {
    display: grid;
    gap: 4px;
    font-size: var(--fs-text-s);
    color: var(--fs-text-soft);
  }
  select,
  input:not([type='checkbox']) {
    width: 100%;
    ${plainControl}
  }
  .checks {
    display: grid;
    max-height: 220px;
    overflow: auto;
  }
  .check {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 28px;
    font-size: var(--fs-text-m);
    color: var(--fs-text);
  }
  .check input {
    width: 16px;
    height: 16px;
    accent-color: var(--fs-accent);
  }
`
