/** Styles of an ordered choice of fields. */
import { css } from 'lit'

export const setupFieldListStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: var(--fs-space-2);
    max-width: 560px;
  }
  ol {
    padding: 0;
    margin: 0;
    border: 1px solid var(--fs-line);
    border-radius: var(--fs-radius-m);
  }
  ol:empty {
    display: none;
  }
  li {
    display: flex;
    align-items: center;
    min-height: 38px;
    padding: 2px 4px 2px var(--fs-space-3);
    border-bottom: 1px solid var(--fs-line);
  }
  li:last-child {
    border-bottom: 0;
  }
  .text {
    flex: 1;
    min-width: 0;
    overflow-wrap: anywhere;
  }
`
