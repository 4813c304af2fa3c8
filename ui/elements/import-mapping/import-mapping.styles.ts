/** Styles of the mapping of an import. */
import { css } from 'lit'

export const importMappingStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: var(--fs-space-5);
  }
  ul {
    border: 1px solid var(--fs-line);
    border-radius: var(--fs-radius-l);
  }
  li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: var(--fs-space-2) var(--fs-space-4);
    align-items: center;
    padding: var(--fs-space-2) var(--fs-space-4);
  }
  li + li {
    border-top: 1px solid var(--fs-line);
  }
  .column {
    display: flex;
    flex-direction: column;
    min-width: 0;
  }
  .name {
    font-weight: var(--fs-weight-strong);
    overflow-wrap: anywhere;
  }
  .left-out .name {
    font-weight: var(--fs-weight);
    color: var(--fs-text-soft);
  }
  .samples {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  @media (max-width: 560px) {
    li {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`
