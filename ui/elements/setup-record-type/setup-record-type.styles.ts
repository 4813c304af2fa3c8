/** Styles of a record type's inputs. */
import { css } from 'lit'

export const setupRecordTypeStyles = css`
  :host {
    display: grid;
    gap: var(--fs-space-5);
    min-width: 0;
  }
  section {
    display: grid;
    gap: var(--fs-space-2);
    min-width: 0;
  }
  details {
    border: 1px solid var(--fs-line);
    border-radius: var(--fs-radius-m);
  }
  summary {
    display: flex;
    flex-wrap: wrap;
    gap: 2px var(--fs-space-3);
    align-items: baseline;
    justify-content: space-between;
    padding: 9px 12px;
    cursor: pointer;
    list-style: none;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary .title::before {
    content: '';
    display: inline-block;
    width: 6px;
    height: 6px;
    margin-inline: 2px 10px;
    border: solid var(--fs-text-soft);
    border-width: 0 1.5px 1.5px 0;
    transform: translateY(-2px) rotate(-45deg);
  }
  details[open] summary .title::before {
    transform: translateY(-3px) rotate(45deg);
  }
  details[open] summary {
    border-bottom: 1px solid var(--fs-line);
  }
  details > :not(summary) {
    margin: var(--fs-space-2) 12px;
  }
  details .field {
    max-width: 360px;
    padding-bottom: var(--fs-space-2);
  }
  .values {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(220px, 100%), 1fr));
    gap: 6px var(--fs-space-4);
  }
  .scroll {
    overflow-x: auto;
  }
  .table {
    min-width: 560px;
  }
  .table .box {
    width: 96px;
    text-align: center;
  }
  .table .box input {
    vertical-align: middle;
  }
  .table select {
    max-width: 320px;
  }
`
