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
`
