/** Styles of the table of picklist values. */
import { css } from 'lit'

export const setupValuesStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: var(--fs-space-3);
    min-width: 0;
  }
  table {
    width: 100%;
    max-width: 860px;
    border-collapse: collapse;
  }
  th {
    padding: 0 6px 4px 0;
    font-size: var(--fs-text-s);
    font-weight: var(--fs-weight);
    color: var(--fs-text-soft);
    text-align: start;
  }
  td {
    padding: 3px 6px 3px 0;
    vertical-align: top;
  }
  .narrow {
    width: 60px;
    text-align: center;
  }
  td.narrow input {
    margin-top: 9px;
  }
  .tools {
    width: 96px;
    white-space: nowrap;
  }
  .tools .icon-button {
    margin-top: 3px;
  }
  .paste {
    display: flex;
    flex-direction: column;
    gap: var(--fs-space-2);
    max-width: 560px;
  }
  @media (max-width: 640px) {
    table,
    tbody {
      display: block;
    }
    thead {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    tr {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto auto auto;
      align-items: center;
      padding: 6px 0;
      border-bottom: 1px solid var(--fs-line);
    }
    td:first-child,
    td:nth-child(2) {
      grid-column: 1 / -1;
    }
    .narrow {
      display: flex;
      gap: 6px;
      width: auto;
      font-size: var(--fs-text-s);
      color: var(--fs-text-soft);
    }
    td.narrow::after {
      content: attr(data-label);
    }
    td.narrow input {
      margin-top: 2px;
    }
    .tools {
      grid-column: 4;
    }
  }
`
