/** Styles of the title row. */
import { css } from 'lit'

export const pageHeaderStyles = css`
  :host {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--fs-space-2) var(--fs-space-3);
  }
  .tile {
    display: grid;
    place-items: center;
    width: 36px;
    height: 36px;
    border-radius: var(--fs-radius-m);
    background: var(--fs-accent-soft);
    color: var(--fs-accent);
  }
  fs-object-icon {
    --fs-tile: 36px;
    border-radius: var(--fs-radius-m);
  }
  .titles {
    flex: 1 1 240px;
    min-width: 0;
  }
  .above {
    font-size: var(--fs-text-s);
    color: var(--fs-text-soft);
  }
  .row {
    display: flex;
    align-items: center;
    gap: var(--fs-space-1);
  }
  .bar {
    display: inline-block;
    width: 200px;
    height: 18px;
    border-radius: var(--fs-radius-s);
    background: var(--fs-hover);
  }
  .actions {
    flex: none;
    max-width: 100%;
  }
  .actions ::slotted(*) {
    display: flex;
    flex-wrap: wrap;
    gap: var(--fs-space-2);
    align-items: center;
  }
`
