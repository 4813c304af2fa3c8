/** Styles of the record page: details beside related lists where there is room. */
import { css } from 'lit'
import { valueStyles } from '../../elements/field-value/value.styles.ts'

export const recordPageStyles = [
  ...valueStyles,
  css`
    :host {
      display: block;
    }
    .page {
      display: grid;
      gap: var(--fs-space-3);
      padding: var(--fs-space-4) var(--fs-gutter) var(--fs-space-8);
    }
    .highlights {
      display: grid;
      gap: var(--fs-space-4);
      padding: var(--fs-space-4) var(--fs-space-5);
    }
    .keys {
      display: flex;
      flex-wrap: wrap;
      gap: var(--fs-space-3) var(--fs-space-8);
    }
    .keys > div {
      min-width: 96px;
      max-width: 280px;
    }
    dt {
      font-size: var(--fs-text-s);
      color: var(--fs-text-soft);
    }
    .keys dd {
      overflow: hidden;
      white-space: nowrap;
      text-overflow: ellipsis;
      font-variant-numeric: tabular-nums;
    }
    .columns {
      display: grid;
      grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
      gap: var(--fs-space-3);
      align-items: start;
    }
    .columns.single {
      grid-template-columns: minmax(0, 1fr);
    }
    .main,
    [role='tabpanel'],
    .side {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--fs-space-3);
    }
    @media print {
      .page {
        padding: 0;
      }
      .columns {
        grid-template-columns: minmax(0, 1fr);
      }
    }
    @media (max-width: 720px) {
      .page {
        padding: var(--fs-space-3) var(--fs-space-3) var(--fs-space-6);
      }
      .highlights {
        padding: var(--fs-space-4);
      }
      .keys {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: var(--fs-space-3);
      }
      .columns {
        grid-template-columns: minmax(0, 1fr);
      }
    }
  `,
]
