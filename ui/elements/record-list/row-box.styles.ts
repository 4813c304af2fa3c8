/** The boxes that choose rows: a target of 24 pixels around each. */
import { css } from 'lit'

export const rowBoxStyles = css`
  .box {
    display: inline-flex;
    align-items: center;
    gap: var(--fs-space-2);
    min-width: 28px;
    min-height: 28px;
    cursor: pointer;
  }
  .box input {
    flex: none;
    width: 16px;
    height: 16px;
    margin: 0 6px;
    accent-color: var(--fs-accent);
  }
`
