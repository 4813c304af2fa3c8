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
      display: flex;
      align-items: center;
      gap: 4px;
      font-size: var(--fs-text-s);
      color: var(--fs-text-soft);
    }
    .keys dd {
      overflow: hidden;
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
    .side {
      display: grid;
      gap: var(--fs-space-3);
    }
    .details {
      padding: var(--fs-space-5);
    }
    section + section {
      margin-top: var(--fs-space-5);
      padding-top: var(--fs-space-4);
      border-top: 1px solid var(--fs-line);
    }
    h2 {
      margin-bottom: var(--fs-space-3);
      font-size: var(--fs-text-m);
    }
    .grid {
      display: grid;
      gap: 14px var(--fs-space-8);
    }
    .grid.two {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
    .cell dd {
      position: relative;
      min-height: 24px;
      padding-inline-end: 28px;
      overflow-wrap: anywhere;
      font-variant-numeric: tabular-nums;
    }
    .pencil {
      position: absolute;
      inset: -2px 0 auto auto;
      display: grid;
      place-items: center;
      width: 24px;
      height: 24px;
      color: var(--fs-text-soft);
      opacity: 0;
      --fs-icon-size: 15px;
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
    .help {
      display: inline-grid;
      place-items: center;
      width: 24px;
      height: 24px;
      margin: -6px 0;
      padding: 0;
      border: 0;
      background: none;
      color: var(--fs-text-faint);
      --fs-icon-size: 14px;
    }
    @media (max-width: 720px) {
      .page {
        padding: var(--fs-space-3) var(--fs-space-3) var(--fs-space-6);
      }
      .highlights,
      .details {
        padding: var(--fs-space-4);
      }
      .keys {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: var(--fs-space-3);
      }
      .grid.two {
        grid-template-columns: minmax(0, 1fr);
      }
      .columns {
        grid-template-columns: minmax(0, 1fr);
      }
      .gap {
        display: none;
      }
    }
  `,
]
