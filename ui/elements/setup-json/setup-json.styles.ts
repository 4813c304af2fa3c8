/** Styles of the JSON editor's frame. */
import { css } from 'lit'

export const setupJsonStyles = css`
  :host {
    display: block;
    min-width: 0;
  }
  .editor {
    border: 1px solid var(--fs-line);
    border-radius: var(--fs-radius-m);
    overflow: hidden;
  }
`
