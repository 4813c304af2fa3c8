/** Styles of the choice of who has access. */
import { css } from 'lit'

export const setupAccessStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: var(--fs-space-3);
    max-width: 760px;
  }
  .table tbody th {
    height: var(--fs-row-height);
    font-size: var(--fs-text-m);
    font-weight: var(--fs-weight);
    color: var(--fs-text);
    white-space: normal;
  }
  .table tbody tr:last-child th {
    border-bottom: 0;
  }
  .table th.box,
  .table td.box {
    width: 96px;
    text-align: center;
  }
  th .button {
    min-height: 24px;
    margin-inline-start: 4px;
  }
  th .hint {
    display: block;
  }
  .box label {
    display: inline-grid;
    place-items: center;
    min-width: 28px;
    min-height: 28px;
    cursor: pointer;
  }
  @media (max-width: 640px) {
    .table th.box,
    .table td.box {
      width: 72px;
      padding-inline: 4px;
      white-space: normal;
    }
  }
`
