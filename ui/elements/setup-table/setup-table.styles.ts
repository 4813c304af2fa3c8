/** Styles of the lists of Setup. */
import { css } from 'lit'

export const setupTableStyles = css`
  :host {
    position: relative;
    display: block;
    min-width: 0;
    container-type: inline-size;
    overflow-x: auto;
  }
  .table th,
  .table td {
    padding-inline: 10px;
  }
  .table td {
    overflow-wrap: break-word;
  }
  .table td.number,
  .chip {
    white-space: nowrap;
  }
  .table td:last-child,
  .table th:last-child {
    padding-inline-end: var(--fs-space-4);
  }
  .table td:first-child,
  .table th:first-child {
    padding-inline-start: var(--fs-space-4);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--fs-space-1);
  }
  .sort {
    display: inline-flex;
    gap: 4px;
    align-items: center;
    min-height: 24px;
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
    font-weight: inherit;
    cursor: pointer;
  }
  .sort:hover {
    color: var(--fs-text);
  }
  .sort fs-icon {
    --fs-icon-size: 12px;
  }
  .stack {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
  }
  .meter {
    display: inline-flex;
    gap: var(--fs-space-2);
    align-items: center;
    justify-content: flex-end;
  }
  .meter .track {
    width: 36px;
    height: 4px;
    border-radius: 2px;
    background: var(--fs-line);
    overflow: hidden;
  }
  .meter .fill {
    display: block;
    height: 100%;
    background: var(--fs-accent);
  }
  input[type='checkbox'] {
    width: 16px;
    height: 16px;
    accent-color: var(--fs-accent);
  }
  @container (max-width: 640px) {
    .table td {
      overflow-wrap: anywhere;
    }
    .table,
    .table tbody,
    .table tr,
    .table td {
      display: block;
    }
    .table thead {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .table tr {
      position: relative;
      padding: var(--fs-space-3) var(--fs-space-4);
      border-bottom: 1px solid var(--fs-line);
    }
    .table tr:last-child {
      border-bottom: 0;
    }
    .table td,
    .table td.number {
      position: relative;
      height: auto;
      min-height: 24px;
      padding: 2px 0 2px 120px;
      border: 0;
      text-align: start;
    }
    .table td:not([data-label]) {
      position: absolute;
      inset: 6px 6px auto auto;
      display: block;
    }
    .table td:first-child {
      display: block;
      padding: 2px 40px 2px 0;
    }
    .table td[data-label]:not(:first-child)::before {
      content: attr(data-label);
      position: absolute;
      inset: 4px auto auto 0;
      width: 112px;
      font-size: var(--fs-text-s);
      color: var(--fs-text-soft);
    }
    .meter {
      justify-content: flex-start;
    }
  }
`
