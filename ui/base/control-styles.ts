/** Styles of controls that are plain HTML. */
import { css } from 'lit'

/** Declarations of a control that stands without a library's frame: `select { ${plainControl} }`. */
export const plainControl = css`
  height: var(--fs-control-height);
  padding: 0 8px;
  border: 1px solid var(--fs-line-strong);
  border-radius: var(--fs-radius-m);
  background: var(--fs-surface);
  color: var(--fs-text);
  font-size: var(--fs-text-m);
`
