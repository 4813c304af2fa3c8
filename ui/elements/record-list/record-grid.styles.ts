/** Styles of lists of records as a table. */
import { css } from 'lit'
import { valueStyles } from '../field-value/value.styles.ts'
import { rowBoxStyles } from './row-box.styles.ts'

export const recordGridStyles = [
  ...valueStyles,
  rowBoxStyles,
  css`
    :host {
      display: flex;
      flex-direction: column;
      min-height: 0;
      flex: 1;
    }
    vaadin-grid {
      flex: 1;
      min-height: 240px;
      border: 0;
      border-radius: inherit;
      font-size: var(--fs-text-m);
      --vaadin-grid-background: var(--fs-surface);
      --vaadin-grid-border-color: var(--fs-line);
      --vaadin-grid-column-border-width: 0;
      --vaadin-grid-row-border-width: 1px;
      --vaadin-grid-cell-padding: 4px 12px;
      --vaadin-grid-header-background: var(--fs-surface);
      --vaadin-grid-header-font-size: var(--fs-text-s);
      --vaadin-grid-header-font-weight: var(--fs-weight-strong);
      --vaadin-grid-header-text-color: var(--fs-text-soft);
      --vaadin-grid-row-hover-background-color: var(--fs-hover);
    }
    vaadin-grid::part(body-cell) {
      min-height: var(--fs-row-height);
    }
    vaadin-grid::part(header-cell) {
      min-height: 36px;
      color: var(--fs-text-soft);
      font-size: var(--fs-text-s);
      font-weight: var(--fs-weight-strong);
      background: var(--fs-surface);
    }
    vaadin-grid-cell-content {
      white-space: nowrap;
      overflow: hidden;
      text-overflow: ellipsis;
      font-variant-numeric: tabular-nums;
    }
    .name {
      font-weight: var(--fs-weight-strong);
    }
    .cell {
      position: relative;
      margin: -4px -12px;
      padding: 4px 12px;
    }
    .cell .value {
      display: block;
      overflow: hidden;
      text-overflow: ellipsis;
    }
    .drafted {
      box-shadow: inset 3px 0 var(--fs-warning);
      background: var(--fs-warning-soft);
    }
    .refused {
      box-shadow: inset 3px 0 var(--fs-danger);
      background: var(--fs-danger-soft);
    }
    .pencil {
      position: absolute;
      inset-block: 0;
      inset-inline-end: 2px;
      display: inline-flex;
      align-items: center;
      justify-content: center;
      width: 24px;
      height: 24px;
      margin: auto 0;
      padding: 0;
      border: 0;
      border-radius: var(--fs-radius-s);
      background: var(--fs-hover);
      color: var(--fs-text-soft);
      cursor: pointer;
      opacity: 0;
    }
    .cell:hover .pencil,
    .pencil:focus-visible {
      opacity: 1;
    }
    @media (hover: none) {
      .pencil {
        opacity: 1;
      }
    }
    vaadin-grid::part(selected-row-cell) {
      background: var(--fs-selected);
    }
  `,
]
