/** Styles of the choice of page layouts. */
import { css } from 'lit'

export const setupPlacementStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: var(--fs-space-3);
    max-width: 760px;
  }
  li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 280px);
    gap: var(--fs-space-2) var(--fs-space-4);
    align-items: center;
    min-height: 50px;
    padding: 6px 0;
    border-bottom: 1px solid var(--fs-line);
  }
  @media (max-width: 640px) {
    li {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`
