/** Styles of `fs-menu`. */
import { css } from 'lit'

export const menuStyles = css`
  :host {
    display: inline-flex;
  }
  [popover] {
    position: fixed;
    inset: auto;
    margin: 0;
    min-width: 180px;
    max-width: min(360px, calc(100vw - 16px));
    padding: 4px;
    border: 1px solid var(--fs-line);
    border-radius: var(--fs-radius-m);
    background: var(--fs-surface-raised);
    color: var(--fs-text);
    box-shadow: var(--fs-shadow-m);
    overflow: auto;
  }
  .group {
    padding: 8px 10px 4px;
    font-size: var(--fs-text-s);
    color: var(--fs-text-soft);
  }
  .item {
    display: flex;
    align-items: center;
    gap: 10px;
    width: 100%;
    min-height: 34px;
    padding: 4px 10px;
    border: 0;
    border-radius: var(--fs-radius-s);
    background: none;
    color: inherit;
    text-align: start;
    text-decoration: none;
    cursor: pointer;
  }
  .item:hover,
  .item:focus-visible {
    background: var(--fs-hover);
    color: inherit;
    text-decoration: none;
  }
  .item:focus-visible {
    outline-offset: -2px;
  }
  .item[aria-disabled='true'] {
    opacity: 0.55;
    cursor: not-allowed;
  }
  .item fs-icon {
    color: var(--fs-text-soft);
  }
  .item.danger,
  .item.danger fs-icon {
    color: var(--fs-danger);
  }
  .label {
    flex: 1;
  }
  .hint {
    font-size: var(--fs-text-s);
    color: var(--fs-text-soft);
  }
`

/** The user's round button. */
export const avatarStyles = css`
  .avatar {
    display: grid;
    place-items: center;
    width: 32px;
    height: 32px;
    margin-inline-start: 4px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: var(--fs-accent-soft);
    color: var(--fs-accent);
    font-size: var(--fs-text-s);
    font-weight: var(--fs-weight-strong);
    cursor: pointer;
  }
`
