/** Styles of what a search finds: objects at the left, a table for each at the right; one below the other where it is narrow. */
import { css } from 'lit'

export const searchPageStyles = css`
  :host {
    display: block;
  }
  .page {
    display: grid;
    gap: var(--fs-space-4);
    padding: var(--fs-space-4) var(--fs-gutter) var(--fs-space-8);
  }
  .columns {
    display: grid;
    grid-template-columns: 220px minmax(0, 1fr);
    align-items: start;
    gap: var(--fs-space-4);
  }
  .objects {
    display: grid;
    gap: 2px;
    padding: var(--fs-space-2);
  }
  .objects a {
    display: flex;
    justify-content: space-between;
    gap: var(--fs-space-3);
    padding: 8px 10px;
    border-radius: var(--fs-radius-s);
    color: var(--fs-text);
  }
  .objects a:hover,
  .objects a[aria-current] {
    background: var(--fs-hover);
    text-decoration: none;
  }
  .objects a[aria-current] {
    font-weight: var(--fs-weight-strong);
  }
  .results {
    display: grid;
    gap: var(--fs-space-4);
    min-width: 0;
  }
  .meant {
    padding: var(--fs-space-3) var(--fs-space-4);
  }
  section > header {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: var(--fs-space-2);
    padding: var(--fs-space-3) var(--fs-space-4);
  }
  .scroll {
    overflow-x: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  th {
    padding: 6px var(--fs-space-4);
    border-block: 1px solid var(--fs-line);
    color: var(--fs-text-soft);
    font-size: var(--fs-text-s);
    font-weight: var(--fs-weight-strong);
    text-align: start;
    white-space: nowrap;
  }
  td {
    max-width: 320px;
    padding: 8px var(--fs-space-4);
    border-bottom: 1px solid var(--fs-line);
    vertical-align: top;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  tr:last-child td {
    border-bottom: 0;
  }
  tbody tr:hover {
    background: var(--fs-hover);
  }
  .excerpt {
    display: block;
    color: var(--fs-text-soft);
    font-size: var(--fs-text-s);
    overflow: hidden;
    text-overflow: ellipsis;
  }
  mark {
    background: none;
    color: inherit;
    font-weight: var(--fs-weight-strong);
    text-decoration: underline;
    text-decoration-color: var(--fs-accent);
    text-underline-offset: 2px;
  }
  .label {
    display: none;
  }
  @media (max-width: 720px) {
    .columns {
      grid-template-columns: minmax(0, 1fr);
    }
    .objects {
      display: flex;
      overflow-x: auto;
    }
    .objects a {
      flex: none;
    }
    thead {
      display: none;
    }
    tr {
      display: grid;
      padding: var(--fs-space-2) var(--fs-space-4);
      border-bottom: 1px solid var(--fs-line);
    }
    td {
      display: flex;
      gap: var(--fs-space-2);
      max-width: none;
      padding: 2px 0;
      border: 0;
      white-space: normal;
    }
    td:first-child {
      display: block;
      font-weight: var(--fs-weight-strong);
    }
    .excerpt {
      font-weight: normal;
    }
    .label {
      display: inline;
      flex: none;
      color: var(--fs-text-soft);
    }
  }
`
