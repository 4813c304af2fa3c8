/** Styles of a form's sections. */
import { css } from 'lit'
import { valueStyles } from '../field-value/value.styles.ts'

export const formSectionsStyles = [
  ...valueStyles,
  css`
    :host {
      display: block;
    }
    section + section {
      margin-top: var(--fs-space-6);
      padding-top: var(--fs-space-5);
      border-top: 1px solid var(--fs-line);
    }
    h2 {
      margin-bottom: var(--fs-space-3);
      font-size: var(--fs-text-m);
    }
    .grid {
      display: grid;
      gap: var(--fs-field-gap) var(--fs-space-8);
      align-items: start;
    }
    .grid.two {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
    .cell {
      min-width: 0;
      border-radius: var(--fs-radius-m);
    }
    .cell.wide {
      grid-column: 1 / -1;
    }
    .cell.added {
      box-shadow: 0 0 0 6px var(--fs-accent-soft);
      background: var(--fs-accent-soft);
    }
    dt {
      font-size: var(--fs-text-s);
      color: var(--fs-text-soft);
    }
    dd {
      min-height: var(--fs-control-height);
      padding-top: 6px;
      overflow-wrap: anywhere;
    }
    @media (max-width: 720px) {
      .grid.two {
        grid-template-columns: minmax(0, 1fr);
      }
      .gap {
        display: none;
      }
    }
  `,
]
