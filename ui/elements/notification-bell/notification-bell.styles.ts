/** Styles of `fs-notification-bell`. */
import { css } from 'lit'

export const notificationBellStyles = css`
  :host {
    display: inline-flex;
  }
  .opener {
    position: relative;
  }
  .count {
    position: absolute;
    inset-block-start: 0;
    inset-inline-end: -2px;
    min-width: 18px;
    padding: 0 4px;
    border-radius: 9px;
    background: var(--fs-danger);
    color: var(--fs-surface);
    font-size: 11px;
    line-height: 18px;
    font-weight: var(--fs-weight-strong);
    font-variant-numeric: tabular-nums;
    text-align: center;
  }
  [popover] {
    position: fixed;
    inset: auto;
    margin: 0;
    padding: 0;
    width: min(380px, calc(100vw - 16px));
    border: 1px solid var(--fs-line);
    border-radius: var(--fs-radius-m);
    background: var(--fs-surface-raised);
    color: var(--fs-text);
    box-shadow: var(--fs-shadow-m);
    overflow: auto;
  }
  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--fs-space-2);
    padding: 10px 14px;
    border-bottom: 1px solid var(--fs-line);
  }
  h2 {
    margin: 0;
    font-size: var(--fs-text-m);
    font-weight: var(--fs-weight-strong);
  }
  ul {
    margin: 0;
    padding: 4px;
    list-style: none;
  }
  .entry {
    display: grid;
    grid-template-columns: 8px minmax(0, 1fr);
    gap: 2px 10px;
    width: 100%;
    padding: 8px 10px;
    border: 0;
    border-radius: var(--fs-radius-s);
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    text-decoration: none;
    cursor: pointer;
  }
  .entry:hover,
  .entry:focus-visible {
    background: var(--fs-hover);
    color: inherit;
    text-decoration: none;
  }
  .entry:focus-visible {
    outline-offset: -2px;
  }
  .entry > * {
    grid-column: 2;
    overflow-wrap: anywhere;
  }
  .dot {
    grid-column: 1;
    grid-row: 1;
    align-self: center;
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: var(--fs-accent);
  }
  .title {
    grid-row: 1;
  }
  .unread .title {
    font-weight: var(--fs-weight-strong);
  }
  .body {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
    overflow: hidden;
    white-space: pre-line;
  }
  .none {
    margin: 0;
    padding: 18px 14px;
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
`
