/** Styles of a record's details: label above value, two columns where there is room. */
import { css } from 'lit'
import { valueStyles } from '../field-value/value.styles.ts'

export const recordDetailsStyles = [
  ...valueStyles,
  css`
    :host {
      display: block;
      padding: var(--fs-space-4) var(--fs-space-5);
    }
    section + section {
      margin-top: var(--fs-space-4);
      padding-top: var(--fs-space-3);
      border-top: 1px solid var(--fs-line);
    }
    summary {
      display: flex;
      align-items: center;
      gap: 4px;
      min-height: 28px;
      margin-inline-start: -4px;
      list-style: none;
      cursor: pointer;
    }
    summary::-webkit-details-marker {
      display: none;
    }
    summary fs-icon {
      --fs-icon-size: 14px;
      color: var(--fs-text-soft);
      transition: transform var(--fs-motion);
    }
    details[open] > summary fs-icon {
      transform: rotate(90deg);
    }
    h2 {
      font-size: var(--fs-text-m);
    }
    .grid {
      display: grid;
      gap: 14px var(--fs-space-8);
      padding-top: var(--fs-space-2);
    }
    .grid.two {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
    dt {
      display: flex;
      align-items: center;
      gap: 4px;
      font-size: var(--fs-text-s);
      color: var(--fs-text-soft);
    }
    dd {
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
    .computed {
      margin-inline-start: 4px;
      font-style: italic;
      color: var(--fs-text-soft);
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
    @media print {
      .pencil,
      .help,
      .computed,
      summary fs-icon {
        display: none;
      }
      details::details-content {
        content-visibility: visible;
        block-size: auto;
      }
      .cell {
        break-inside: avoid;
      }
    }
    @media screen and (max-width: 720px) {
      :host {
        padding: var(--fs-space-3) var(--fs-space-4);
      }
      .grid.two {
        grid-template-columns: minmax(0, 1fr);
      }
      .gap {
        display: none;
      }
    }
  `,
]
