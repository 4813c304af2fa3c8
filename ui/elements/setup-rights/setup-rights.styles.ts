/** Styles of the matrix of rights. */
import { css } from 'lit'

export const setupRightsStyles = css`
  :host {
    display: grid;
    gap: var(--fs-space-4);
    min-width: 0;
  }
  .card {
    min-width: 0;
    overflow: hidden;
  }
  header {
    display: flex;
    flex-wrap: wrap;
    gap: var(--fs-space-2);
    align-items: center;
    padding: var(--fs-space-3) var(--fs-space-4);
    border-bottom: 1px solid var(--fs-line);
  }
  header h2 {
    flex: 1;
  }
  .error {
    padding: var(--fs-space-3) var(--fs-space-4);
  }
  .scroll {
    position: relative;
    overflow-x: auto;
  }
  .scroll:focus-visible {
    outline-offset: -2px;
  }
  .table tbody th {
    height: var(--fs-row-height);
    padding: 4px 12px 4px var(--fs-space-4);
    font-size: var(--fs-text-m);
    font-weight: var(--fs-weight);
    color: var(--fs-text);
    white-space: normal;
  }
  .table thead th:first-child {
    padding-inline-start: var(--fs-space-4);
  }
  .table tbody tr:last-child th {
    border-bottom: 0;
  }
  .table tbody tr:hover th {
    background: var(--fs-hover);
  }
  .table .open > * {
    background: var(--fs-selected);
  }
  .table th.box,
  .table td.box {
    width: 92px;
    text-align: center;
  }
  .box label {
    display: inline-grid;
    place-items: center;
    min-width: 28px;
    min-height: 28px;
    cursor: pointer;
  }
  .more {
    width: 96px;
    text-align: end;
  }
  .table td.inside {
    padding: 0;
    background: var(--fs-surface-sunken);
  }
  .inside header h3 {
    flex: 1;
  }
  .inside .table thead th:first-child,
  .inside .table tbody th {
    padding-inline-start: var(--fs-space-8);
  }
  @media (max-width: 640px) {
    .table th.box,
    .table td.box {
      width: 64px;
      padding-inline: 4px;
    }
  }
`
