/** Styles of the search box. */
import { css } from 'lit'

export const globalSearchStyles = css`
  :host {
    display: block;
  }
  .box {
    position: relative;
  }
  .box > fs-icon {
    position: absolute;
    inset: 8px auto auto 10px;
    color: var(--fs-text-soft);
  }
  input {
    width: 100%;
    height: 34px;
    padding: 0 12px 0 36px;
    border: 1px solid var(--fs-line);
    border-radius: var(--fs-radius-m);
    background: var(--fs-surface-sunken);
    text-overflow: ellipsis;
  }
  input:focus-visible {
    background: var(--fs-surface);
    outline-offset: -1px;
    border-radius: var(--fs-radius-m);
  }
  input::placeholder {
    color: var(--fs-text-soft);
    opacity: 1;
  }
  [role='listbox'] {
    position: absolute;
    inset: calc(100% + 4px) 0 auto;
    z-index: 30;
    max-height: 420px;
    padding: 4px;
    border: 1px solid var(--fs-line);
    border-radius: var(--fs-radius-m);
    background: var(--fs-surface-raised);
    box-shadow: var(--fs-shadow-m);
    overflow: auto;
  }
  [role='listbox'][hidden] {
    display: none;
  }
  .name {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .all {
    color: var(--fs-accent);
  }
  mark {
    background: none;
    color: inherit;
    font-weight: var(--fs-weight-strong);
  }
  @media (max-width: 640px) {
    [role='listbox'] {
      position: fixed;
      inset: 52px 8px auto;
    }
  }
  [role='option'] {
    display: flex;
    align-items: center;
    gap: var(--fs-space-2);
    padding: 8px 10px;
    border-radius: var(--fs-radius-s);
    color: var(--fs-text);
    text-decoration: none;
  }
  [role='option'] .small {
    margin-inline-start: auto;
  }
  [role='option']:hover,
  [role='option'][aria-selected='true'] {
    background: var(--fs-hover);
  }
`
