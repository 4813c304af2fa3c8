/** Styles of lists of records. */
import { css } from 'lit'
import { valueStyles } from '../field-value/value.styles.ts'

export const recordListStyles = [
  ...valueStyles,
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
    .entries li {
      display: flex;
      align-items: start;
      padding: 10px 8px 10px 16px;
      border-bottom: 1px solid var(--fs-line);
    }
    .entry {
      flex: 1;
      min-width: 0;
    }
    .entries .name {
      display: block;
      padding: 2px 0;
      overflow-wrap: anywhere;
    }
    .entries dl {
      display: grid;
      grid-template-columns: 1fr 1fr;
      gap: 4px 12px;
    }
    dt {
      font-size: var(--fs-text-s);
      color: var(--fs-text-soft);
    }
    dd {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .more {
      margin: var(--fs-space-4) auto;
    }
  `,
]
