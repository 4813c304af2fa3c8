/** Styles of `fs-icon`: sized by the text around it, coloured by it. */
import { css } from 'lit'

export const iconStyles = css`
  :host {
    display: inline-flex;
    flex: none;
    width: var(--fs-icon-size, 18px);
    height: var(--fs-icon-size, 18px);
    color: inherit;
  }
  svg {
    width: 100%;
    height: 100%;
    stroke: currentColor;
    stroke-width: 1.6;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
`
