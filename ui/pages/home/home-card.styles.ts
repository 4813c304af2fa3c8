/** Styles of the cards of the start page. */
import { css } from 'lit'
import { cardStyles } from '../../base/base-styles.ts'

export const homeCardStyles = [
  cardStyles,
  css`
    h3 {
      padding: 10px 16px 4px;
      color: var(--fs-text-soft);
      font-size: var(--fs-text-s);
    }
    .late {
      color: var(--fs-danger);
    }
    .what {
      display: flex;
      flex: 1;
      flex-wrap: wrap;
      align-items: baseline;
      gap: 0 var(--fs-space-2);
      min-width: 0;
    }
    /* Two links, one above the other on a phone: each is large enough for a finger. */
    .what a {
      line-height: 24px;
    }
    .high {
      color: var(--fs-warning);
      font-weight: 600;
    }
    h2 a {
      color: var(--fs-text);
    }
    li {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: var(--fs-space-3);
      padding: 7px 16px;
      border-top: 1px solid var(--fs-line);
    }
    fs-object-icon + a {
      flex: 1;
    }
    li a {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    li span {
      flex: none;
    }
    .second {
      flex: 1 1 100%;
      min-width: 0;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .none {
      padding: 4px 16px 16px;
    }
  `,
]
