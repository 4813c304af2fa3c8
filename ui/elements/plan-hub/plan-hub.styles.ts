/** Styles of the hub: the whole at the left, objectives beside it, what works towards them below. */
import { css } from 'lit'
import { chipStyles, tableStyles } from '../../base/base-styles.ts'

export const planHubStyles = [
  chipStyles,
  tableStyles,
  css`
    :host {
      display: block;
    }
    header {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--fs-space-2);
      padding: var(--fs-space-3) var(--fs-space-4);
    }
    h2 {
      flex: 1 1 auto;
      font-size: var(--fs-text-m);
    }
    .picture {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      gap: var(--fs-space-4) var(--fs-space-6);
      align-items: start;
      padding: 0 var(--fs-space-4) var(--fs-space-4);
    }
    .objectives {
      display: grid;
      gap: var(--fs-space-5);
      list-style: none;
    }
    .line {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      justify-content: space-between;
      gap: 0 var(--fs-space-3);
      padding-bottom: 4px;
      overflow-wrap: anywhere;
    }
    .objectives > li > .line a {
      font-weight: var(--fs-weight-strong);
    }
    .measures {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(220px, 100%), 1fr));
      gap: var(--fs-space-2) var(--fs-space-5);
      padding-top: var(--fs-space-2);
      font-size: var(--fs-text-s);
      list-style: none;
    }
    .measures fs-progress-bar {
      height: 5px;
    }
    .figure {
      font-variant-numeric: tabular-nums;
      color: var(--fs-text-soft);
    }
    .late {
      color: var(--fs-danger);
    }
    h3 {
      padding: var(--fs-space-3) var(--fs-space-4) 0;
      border-top: 1px solid var(--fs-line);
    }
    .wide {
      overflow-x: auto;
    }
    .table tbody th {
      padding-inline-start: var(--fs-space-4);
      text-align: start;
    }
    .table td:last-child {
      padding-inline-end: var(--fs-space-4);
    }
    .none {
      padding: var(--fs-space-3) var(--fs-space-4);
    }
    @media (max-width: 640px) {
      .picture {
        grid-template-columns: minmax(0, 1fr);
      }
      fs-progress-ring {
        justify-self: center;
      }
    }
    @media print {
      li,
      tr {
        break-inside: avoid;
      }
    }
  `,
]
