/** Styles of the palette beside a formula. */
import { css } from 'lit'

export const setupFormulaPaletteStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: var(--fs-space-2);
    min-width: 0;
    min-height: 0;
  }
  input.search:not([type='checkbox'], [type='radio']) {
    width: 100%;
  }
  .path {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    align-items: center;
    font-size: var(--fs-text-s);
    color: var(--fs-text-soft);
  }
  .path .button.link {
    min-height: 24px;
    font-size: var(--fs-text-s);
  }
  .path .button.link:disabled {
    opacity: 1;
    color: var(--fs-text);
    text-decoration: none;
    cursor: default;
  }
  .pieces {
    flex: 1;
    min-height: 160px;
    overflow: auto;
    margin: 0;
    padding: 4px;
    list-style: none;
    border: 1px solid var(--fs-line);
    border-radius: var(--fs-radius-m);
    background: var(--fs-surface);
  }
  li {
    display: flex;
    align-items: center;
  }
  li.group {
    padding: var(--fs-space-2) 8px 2px;
    font-size: var(--fs-text-s);
    font-weight: var(--fs-weight-strong);
    color: var(--fs-text-soft);
  }
  .piece {
    flex: 1;
    display: grid;
    gap: 1px;
    min-width: 0;
    padding: 5px 8px;
    border: 0;
    border-radius: var(--fs-radius-s);
    background: none;
    text-align: start;
    cursor: pointer;
  }
  .piece:hover {
    background: var(--fs-hover);
  }
  .piece:focus-visible {
    outline-offset: -2px;
  }
  .name {
    overflow-wrap: anywhere;
  }
  .doc {
    font-size: var(--fs-text-s);
    color: var(--fs-text-soft);
    overflow-wrap: anywhere;
  }
`
