/** Styles of the choice of a kind of field. */
import { css } from 'lit'

export const setupKindsStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: var(--fs-space-3);
  }
  h3 {
    margin: var(--fs-space-4) 0 var(--fs-space-2);
    font-size: var(--fs-text-s);
    color: var(--fs-text-soft);
  }
  .cards {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(260px, 100%), 1fr));
    gap: var(--fs-space-2);
  }
  .card {
    position: relative;
    display: flex;
    gap: var(--fs-space-3);
    align-items: flex-start;
    padding: var(--fs-space-3);
    border-radius: var(--fs-radius-m);
    cursor: pointer;
    transition:
      background var(--fs-motion),
      border-color var(--fs-motion);
  }
  .card:hover {
    background: var(--fs-hover);
  }
  .card input {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .card:has(input:checked) {
    border-color: var(--fs-accent);
    background: var(--fs-selected);
    box-shadow: inset 0 0 0 1px var(--fs-accent);
  }
  .card:has(input:focus-visible) {
    outline: 2px solid var(--fs-focus);
    outline-offset: 2px;
  }
  .name {
    display: block;
    font-weight: var(--fs-weight-strong);
  }
  .purpose {
    display: block;
    font-size: var(--fs-text-s);
    color: var(--fs-text-soft);
  }
`
