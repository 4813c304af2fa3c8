/** Styles of lists of records in two lines. */
import { css } from 'lit'
import { valueStyles } from '../field-value/value.styles.ts'
import { rowBoxStyles } from './row-box.styles.ts'

export const recordEntriesStyles = [
  ...valueStyles,
  rowBoxStyles,
  css`
    :host {
      display: block;
    }
    .name {
      font-weight: var(--fs-weight-strong);
    }
    .all {
      padding: 6px 10px;
      border-bottom: 1px solid var(--fs-line);
    }
    .entries li {
      display: flex;
      align-items: start;
      padding: 10px 8px 10px 16px;
      border-bottom: 1px solid var(--fs-line);
    }
    .entries li:has(> .box) {
      padding-inline-start: 10px;
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
      /* However long a value is, it takes no more than its half. */
      grid-template-columns: repeat(2, minmax(0, 1fr));
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
      display: flex;
      margin: var(--fs-space-4) auto;
    }
  `,
]
