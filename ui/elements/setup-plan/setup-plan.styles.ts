/** Styles of a plan. */
import { css } from 'lit'

export const setupPlanStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: var(--fs-space-5);
    min-width: 0;
  }
  h3 {
    margin-bottom: var(--fs-space-2);
  }
  .problems {
    padding: var(--fs-space-4);
    border: 1px solid var(--fs-danger);
    border-radius: var(--fs-radius-m);
    background: var(--fs-danger-soft);
  }
  .problems h3 {
    display: flex;
    gap: var(--fs-space-2);
    align-items: center;
    color: var(--fs-danger);
  }
  .problems > ul {
    display: flex;
    flex-direction: column;
    gap: var(--fs-space-3);
    padding-inline-start: 0;
    list-style: none;
  }
  .references {
    padding-inline-start: var(--fs-space-5);
    overflow-wrap: anywhere;
  }
  .steps {
    border: 1px solid var(--fs-line);
    border-radius: var(--fs-radius-m);
  }
  .steps li {
    display: grid;
    grid-template-columns: 128px minmax(0, 1fr) auto;
    gap: var(--fs-space-1) var(--fs-space-3);
    align-items: start;
    padding: var(--fs-space-3) var(--fs-space-4);
    border-bottom: 1px solid var(--fs-line);
  }
  .steps li:last-child {
    border-bottom: 0;
  }
  .steps .chip {
    justify-self: start;
  }
  .steps p span + span {
    margin-inline-start: 6px;
  }
  .figures {
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .changes {
    display: flex;
    flex-direction: column;
    gap: 6px;
  }
  .changes li {
    display: flex;
    flex-wrap: wrap;
    gap: 2px var(--fs-space-2);
    align-items: center;
  }
  .changes .chip {
    min-width: 72px;
    justify-content: center;
  }
  .name {
    overflow-wrap: anywhere;
  }
  .files {
    display: flex;
    flex-direction: column;
    gap: var(--fs-space-2);
  }
  @media (max-width: 640px) {
    .steps li {
      grid-template-columns: minmax(0, 1fr) auto;
    }
    .steps li > div {
      grid-column: 1 / -1;
      grid-row: 2;
    }
  }
`
