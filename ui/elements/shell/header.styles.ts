/** Styles of the header. */
import { css } from 'lit'

export const headerStyles = css`
  :host {
    display: block;
  }
  header {
    background: var(--fs-surface);
    border-bottom: 1px solid var(--fs-line);
  }
  .bar {
    display: grid;
    grid-template-columns: auto auto minmax(0, 1fr) auto;
    align-items: center;
    gap: var(--fs-space-2);
    height: 52px;
    padding: 0 var(--fs-space-4) 0 var(--fs-space-3);
  }
  .mark {
    display: flex;
    align-items: center;
    gap: 8px;
    color: var(--fs-text);
    font-weight: var(--fs-weight-strong);
    font-size: var(--fs-text-l);
    letter-spacing: -0.01em;
  }
  .mark:hover {
    text-decoration: none;
    color: var(--fs-text);
  }
  .mark svg {
    width: 26px;
    height: 26px;
  }
  .mark rect {
    fill: var(--fs-accent);
  }
  .mark path {
    fill: var(--fs-on-accent);
  }
  fs-global-search {
    width: min(560px, 100%);
    justify-self: center;
  }
  .tools {
    display: flex;
    align-items: center;
    gap: 4px;
  }
  @media (max-width: 640px) {
    .bar {
      gap: 4px;
      padding: 0 8px;
    }
    .mark span {
      display: none;
    }
  }
`
