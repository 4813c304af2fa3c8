/** Styles of the frame of Setup: beside each other when wide, the tree behind a button when narrow. */
import { css } from 'lit'

export const setupFrameStyles = css`
  :host {
    display: grid;
    grid-template-columns: 240px minmax(0, 1fr);
    align-items: stretch;
  }
  aside {
    border-inline-end: 1px solid var(--fs-line);
    background: var(--fs-surface);
  }
  fs-setup-tree {
    position: sticky;
    top: 96px;
    max-height: calc(100dvh - 96px);
    overflow: auto;
  }
  .toggle {
    display: none;
  }
  .content {
    min-width: 0;
  }
  .content > * {
    box-sizing: border-box;
  }
  .whole {
    grid-column: 1 / -1;
  }
  @media (max-width: 900px) {
    :host {
      display: block;
    }
    aside {
      padding: var(--fs-space-2) var(--fs-gutter);
      border-inline-end: 0;
      border-bottom: 1px solid var(--fs-line);
    }
    .toggle {
      display: inline-flex;
    }
    fs-setup-tree {
      position: static;
      max-height: none;
    }
    fs-setup-tree:not(.open) {
      display: none;
    }
  }
`
