/** Styles of a flow in Setup. */
import { css } from 'lit'

export const setupFlowStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: var(--fs-space-4);
    min-width: 0;
  }
  ol {
    margin: 0;
    padding-inline-start: var(--fs-space-6);
  }
  li {
    padding: var(--fs-space-2) 0;
    overflow-wrap: anywhere;
  }
  li > ul {
    margin: var(--fs-space-1) 0 0;
    padding-inline-start: var(--fs-space-4);
  }
  li > ul li {
    padding: 0;
  }
  dl {
    display: flex;
    flex-direction: column;
    gap: 2px;
    margin: var(--fs-space-1) 0 0;
  }
  dl > div {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--fs-space-2);
  }
  dt {
    color: var(--fs-text-soft);
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--fs-space-2);
  }
  details > summary {
    cursor: pointer;
  }
`
