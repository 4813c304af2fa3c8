/** Styles of the filter of a lookup. */
import { css } from 'lit'

export const setupLookupFilterStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: var(--fs-space-3);
    min-width: 0;
    padding-top: var(--fs-space-4);
    border-top: 1px solid var(--fs-line);
  }
  .state {
    display: flex;
    gap: var(--fs-space-2);
    align-items: flex-start;
    margin: 0;
  }
  .state fs-icon {
    flex: none;
    margin-top: 2px;
  }
  .state.right {
    color: var(--fs-success);
  }
  .state.wrong {
    color: var(--fs-danger);
  }
`
