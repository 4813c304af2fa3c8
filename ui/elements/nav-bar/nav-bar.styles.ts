/** Styles of the object tabs. */
import { css } from 'lit'

export const navBarStyles = css`
  :host {
    display: block;
    min-width: 0;
  }
  nav {
    position: relative;
    display: flex;
    align-items: stretch;
    height: 40px;
    padding: 0 var(--fs-space-4);
    overflow: hidden;
  }
  .app {
    display: flex;
    align-items: center;
    gap: 8px;
    padding-inline-end: var(--fs-space-4);
    font-weight: var(--fs-weight-strong);
    white-space: nowrap;
  }
  .app::before {
    content: '';
    width: 8px;
    height: 8px;
    border-radius: 2px;
    background: var(--app-color, var(--fs-accent));
  }
  ul {
    display: flex;
    list-style: none;
    min-width: 0;
  }
  a {
    position: relative;
    display: flex;
    align-items: center;
    height: 100%;
    padding: 0 12px;
    color: var(--fs-text-soft);
    white-space: nowrap;
  }
  a:hover {
    color: var(--fs-text);
    text-decoration: none;
  }
  a:focus-visible {
    outline-offset: -3px;
  }
  a[aria-current] {
    color: var(--fs-text);
    font-weight: var(--fs-weight-strong);
  }
  a[aria-current]::after {
    content: '';
    position: absolute;
    inset: auto 12px 0;
    height: 2px;
    border-radius: 2px 2px 0 0;
    background: var(--fs-accent);
  }
  @media (max-width: 640px) {
    nav {
      padding: 0 8px;
    }
    /* The launcher names the app where there is no room for its name here. */
    .app {
      display: none;
    }
  }
`
