/** Styles of the app launcher. */
import { css } from 'lit'

export const appLauncherStyles = css`
  :host {
    display: inline-flex;
  }
  .icon-button fs-icon {
    --fs-icon-size: 22px;
    stroke-width: 3;
  }
  [popover] {
    position: fixed;
    inset: auto;
    width: min(720px, calc(100vw - 16px));
    max-height: min(640px, calc(100dvh - 80px));
    margin: 0;
    padding: 0;
    border: 1px solid var(--fs-line);
    border-radius: var(--fs-radius-l);
    background: var(--fs-surface-raised);
    color: var(--fs-text);
    box-shadow: var(--fs-shadow-l);
    overflow: hidden;
  }
  [popover]:popover-open {
    display: flex;
    flex-direction: column;
  }
  .search {
    display: flex;
    align-items: center;
    gap: var(--fs-space-2);
    padding: 0 var(--fs-space-4);
    border-bottom: 1px solid var(--fs-line);
    color: var(--fs-text-soft);
  }
  .search input {
    flex: 1;
    height: 48px;
    border: 0;
    background: none;
    color: var(--fs-text);
    outline: none;
  }
  .search:focus-within {
    box-shadow: inset 0 -2px 0 var(--fs-focus);
  }
  .lists {
    overflow: auto;
    padding: var(--fs-space-2) var(--fs-space-4) var(--fs-space-4);
  }
  h2 {
    margin: var(--fs-space-3) 0 var(--fs-space-2);
    font-size: var(--fs-text-s);
    color: var(--fs-text-soft);
  }
  .apps {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(220px, 1fr));
    gap: var(--fs-space-2);
  }
  .tile {
    display: flex;
    align-items: center;
    gap: var(--fs-space-3);
    padding: 10px 12px;
    border: 1px solid var(--fs-line);
    border-radius: var(--fs-radius-m);
    color: var(--fs-text);
  }
  .tile:hover {
    background: var(--fs-hover);
    color: var(--fs-text);
    text-decoration: none;
  }
  .letter {
    display: grid;
    flex: none;
    place-items: center;
    width: 36px;
    height: 36px;
    border-radius: var(--fs-radius-m);
    background: var(--app-color, #2456c9);
    color: #fff;
    font-weight: var(--fs-weight-strong);
  }
  .words {
    display: grid;
    min-width: 0;
  }
  .words strong {
    font-weight: var(--fs-weight-strong);
  }
  .words .small {
    display: -webkit-box;
    -webkit-line-clamp: 2;
    -webkit-box-orient: vertical;
    overflow: hidden;
  }
  .objects {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(180px, 1fr));
    list-style: none;
  }
  .objects a {
    display: block;
    padding: 6px 8px;
    border-radius: var(--fs-radius-s);
  }
  .objects a:hover {
    background: var(--fs-hover);
  }
  .none {
    padding: var(--fs-space-6) 0;
    text-align: center;
  }
`
