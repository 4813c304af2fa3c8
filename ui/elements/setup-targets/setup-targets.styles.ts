/** Styles of the choice of a lookup's targets. */
import { css } from 'lit'

export const setupTargetsStyles = css`
  :host {
    display: block;
  }
  vaadin-combo-box,
  vaadin-multi-select-combo-box {
    width: min(640px, 100%);
  }
  /* The frame around the input shows the focus. */
  input:focus-visible {
    outline: none;
  }
`
