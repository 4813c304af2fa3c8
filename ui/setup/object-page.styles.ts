/** Styles of an object's page: side menu and part. */
import { css } from 'lit'

export const objectPageStyles = css`
  .columns {
    display: grid;
    grid-template-columns: 208px minmax(0, 1fr);
    gap: var(--fs-space-5);
    align-items: start;
  }
  nav ul {
    position: sticky;
    top: 112px;
    display: flex;
    flex-direction: column;
    padding: 0;
  }
  nav li a {
    display: flex;
    align-items: center;
    min-height: 34px;
    padding: 0 0 0 var(--fs-space-3);
    border-inline-start: 2px solid var(--fs-line);
    color: var(--fs-text-soft);
  }
  nav li a:hover {
    color: var(--fs-text);
    text-decoration: none;
  }
  nav li a[aria-current='page'] {
    border-color: var(--fs-accent);
    color: var(--fs-accent);
    font-weight: var(--fs-weight-strong);
  }
  .part {
    min-width: 0;
  }
  @media (max-width: 1100px) {
    .columns {
      grid-template-columns: minmax(0, 1fr);
      gap: var(--fs-space-3);
    }
    nav ul {
      position: static;
      flex-flow: row wrap;
      gap: 4px;
    }
    nav li a {
      padding: 0 10px;
      border: 1px solid var(--fs-line);
      border-radius: 99px;
      background: var(--fs-surface);
    }
    nav li a[aria-current='page'] {
      background: var(--fs-selected);
    }
  }
`
