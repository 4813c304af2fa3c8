/** Styles of the tree of Setup. */
import { css } from 'lit'

export const setupTreeStyles = css`
  :host {
    display: block;
    padding: var(--fs-space-4) var(--fs-space-3);
  }
  input.search:not([type='checkbox'], [type='radio']) {
    width: 100%;
  }
  h2 {
    margin: var(--fs-space-4) var(--fs-space-2) var(--fs-space-1);
    font-size: var(--fs-text-s);
    color: var(--fs-text-soft);
  }
  li a {
    display: flex;
    gap: var(--fs-space-2);
    align-items: center;
    min-height: 34px;
    padding: 0 var(--fs-space-2);
    border-radius: var(--fs-radius-m);
    color: var(--fs-text);
  }
  li fs-icon {
    color: var(--fs-text-soft);
  }
  li a:hover {
    background: var(--fs-hover);
    text-decoration: none;
  }
  li a[aria-current='page'] {
    background: var(--fs-selected);
    color: var(--fs-accent);
    font-weight: var(--fs-weight-strong);
  }
  li a[aria-current='page'] fs-icon {
    color: inherit;
  }
  .none {
    padding: var(--fs-space-3) var(--fs-space-2);
  }
  @media (max-width: 900px) {
    :host {
      padding: var(--fs-space-3) 0;
    }
    li a {
      min-height: 40px;
    }
  }
`
