/** Styles for what `renderValue` makes; every page that uses it takes them in. */
import { css } from 'lit'
import { chipStyles } from '../../base/base-styles.ts'

export const valueStyles = [
  chipStyles,
  css`
    .empty {
      color: var(--fs-text-faint);
    }
    .no {
      color: var(--fs-text-soft);
    }
    .chips {
      display: flex;
      flex-wrap: wrap;
      gap: 4px;
    }
    .long {
      display: -webkit-box;
      white-space: pre-line;
    }
  `,
]
