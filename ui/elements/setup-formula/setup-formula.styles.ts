/** Styles of the formula's text and of the list of suggestions at the caret. */
import { css } from 'lit'

export const setupFormulaStyles = css`
  :host {
    display: block;
    position: relative;
    min-width: 0;
  }
  .editor {
    border: 1px solid var(--fs-line-strong);
    border-radius: var(--fs-radius-m);
    overflow: hidden;
  }
  .editor.faulty:not(:focus-within) {
    border-color: var(--fs-danger);
  }
  .offers {
    position: fixed;
    z-index: 20;
    width: min(420px, calc(100vw - 32px));
    max-height: 264px;
    margin: 0;
    padding: 4px;
    overflow: auto;
    list-style: none;
    border: 1px solid var(--fs-line);
    border-radius: var(--fs-radius-m);
    background: var(--fs-surface-raised);
    color: var(--fs-text);
    box-shadow: var(--fs-shadow-l);
  }
  .offers li {
    display: flex;
    align-items: baseline;
    gap: 8px;
    padding: 5px 8px;
    border-radius: var(--fs-radius-s);
    cursor: pointer;
  }
  .offers li[aria-selected='true'] {
    background: var(--fs-selected);
  }
  .offers .name {
    flex: none;
    max-width: 70%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .offers .detail {
    flex: 1;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    text-align: end;
    color: var(--fs-text-soft);
    font-size: var(--fs-text-s);
  }
`
