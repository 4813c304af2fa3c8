/** Styles of the grid of dependent values. */
import { css } from 'lit'

export const setupMatrixStyles = css`
  :host {
    display: block;
    min-width: 0;
  }
  .scroll {
    width: fit-content;
    max-width: 100%;
    max-height: 420px;
    overflow: auto;
    border: 1px solid var(--fs-line);
    border-radius: var(--fs-radius-m);
  }
  table {
    border-collapse: collapse;
  }
  thead > tr > * {
    position: sticky;
    top: 0;
    background: var(--fs-surface-sunken);
    vertical-align: bottom;
  }
  th,
  td {
    padding: 6px 10px;
    border-bottom: 1px solid var(--fs-line);
    font-weight: var(--fs-weight);
    text-align: center;
  }
  tbody tr:last-child > * {
    border-bottom: 0;
  }
  th[scope='row'] {
    position: sticky;
    left: 0;
    background: var(--fs-surface);
    text-align: start;
  }
  th .button {
    display: flex;
    min-height: 24px;
    margin: 0 auto;
  }
  td label {
    display: grid;
    place-items: center;
    min-width: 24px;
    min-height: 24px;
  }
`
