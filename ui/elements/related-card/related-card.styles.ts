/** Styles of related lists; rows become blocks where the card is narrow. */
import { css } from 'lit'
import { cardStyles, tableStyles } from '../../base/base-styles.ts'
import { valueStyles } from '../field-value/value.styles.ts'

export const relatedCardStyles = [
  cardStyles,
  tableStyles,
  ...valueStyles,
  css`
    :host {
      container-type: inline-size;
    }
    @media print {
      :host([empty]) {
        display: none;
      }
    }
    header {
      gap: var(--fs-space-2);
    }
    h2 a {
      color: var(--fs-text);
    }
    .table {
      border-top: 1px solid var(--fs-line);
    }
    .table th,
    .table td {
      max-width: min(170px, 21cqi);
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .table th {
      white-space: normal;
      vertical-align: bottom;
    }
    .table th:first-child,
    .table td:first-child {
      padding-inline-start: 16px;
    }
    .table .menu {
      width: 44px;
      padding: 0 8px 0 0;
      overflow: visible;
    }
    .none {
      padding: 4px 16px 16px;
      color: var(--fs-text-soft);
    }
    footer {
      padding: 10px 16px;
      border-top: 1px solid var(--fs-line);
    }
    @container (max-width: 440px) {
      .table thead {
        display: none;
      }
      .table tr {
        position: relative;
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: 4px 12px;
        padding: 10px 44px 10px 16px;
        border-bottom: 1px solid var(--fs-line);
      }
      .table td,
      .table td:first-child {
        display: block;
        max-width: none;
        height: auto;
        padding: 0;
        border: 0;
        text-align: start;
      }
      .table td:first-child {
        grid-column: 1 / -1;
      }
      .table td:not(:first-child, .menu)::before {
        content: attr(data-label);
        display: block;
        font-size: var(--fs-text-s);
        color: var(--fs-text-soft);
      }
      .table .menu {
        position: absolute;
        inset: 6px 6px auto auto;
        padding: 0;
      }
    }
  `,
]
