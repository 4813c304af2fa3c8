/** The bar above the JSON stays in sight while the text scrolls with the page. */
import { css } from 'lit'

export const componentJsonStyles = css`
  .bar.sticky {
    position: sticky;
    top: 93px;
    z-index: 5;
    padding: var(--fs-space-2) 0;
    background: var(--fs-ground);
  }
`
