/** Styles of a comparison of lines. */
import { css } from 'lit'

export const setupDiffStyles = css`
  :host {
    display: block;
    min-width: 0;
  }
  details {
    border: 1px solid var(--fs-line);
    border-radius: var(--fs-radius-m);
    overflow: hidden;
  }
  summary {
    display: flex;
    flex-wrap: wrap;
    gap: 2px var(--fs-space-2);
    align-items: center;
    min-height: 38px;
    padding: 4px var(--fs-space-3);
    cursor: pointer;
    list-style: none;
  }
  summary:focus-visible {
    outline-offset: -2px;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary fs-icon {
    --fs-icon-size: 14px;
    color: var(--fs-text-soft);
  }
  details[open] summary fs-icon {
    transform: rotate(90deg);
  }
  .path {
    flex: 0 1 auto;
    min-width: 0;
    max-width: calc(100% - 30px);
    overflow-wrap: anywhere;
  }
  .counts {
    display: inline-flex;
    gap: 6px;
    margin-inline-start: auto;
    font-variant-numeric: tabular-nums;
  }
  .plus {
    color: var(--fs-success);
  }
  .minus {
    color: var(--fs-danger);
  }
  .lines,
  .whole {
    max-height: 420px;
    margin: 0;
    overflow: auto;
    border-top: 1px solid var(--fs-line);
    background: var(--fs-surface-sunken);
    font-size: 12.5px;
    line-height: 1.6;
  }
  .whole {
    padding: var(--fs-space-3);
  }
  .note {
    padding: var(--fs-space-3);
  }
  .gap {
    padding: 2px var(--fs-space-3);
    background: var(--fs-hover);
    color: var(--fs-text-soft);
  }
  .line {
    display: grid;
    grid-template-columns: 42px 42px 18px minmax(0, 1fr);
  }
  .at {
    padding-inline-end: var(--fs-space-2);
    color: var(--fs-text-soft);
    text-align: end;
    user-select: none;
  }
  .text {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .added {
    background: var(--fs-success-soft);
  }
  .added .mark {
    color: var(--fs-success);
  }
  .removed {
    background: var(--fs-danger-soft);
  }
  .removed .mark {
    color: var(--fs-danger);
  }
  @media (max-width: 640px) {
    .line {
      grid-template-columns: 0 34px 16px minmax(0, 1fr);
    }
    .at:first-child {
      visibility: hidden;
    }
  }
`
