/** Styles every element shares: reset, text, links, buttons, focus rings, chips. */
import { css } from 'lit'

export const baseStyles = css`
  :host {
    box-sizing: border-box;
    font-family: var(--fs-font);
    font-size: var(--fs-text-m);
    line-height: var(--fs-line-height);
    color: var(--fs-text);
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  figure,
  fieldset {
    margin: 0;
    padding: 0;
  }
  fieldset {
    border: 0;
    min-width: 0;
  }
  h1 {
    font-size: var(--fs-text-xl);
    font-weight: var(--fs-weight-strong);
    line-height: 1.27;
    letter-spacing: -0.01em;
    overflow-wrap: anywhere;
  }
  h2 {
    font-size: var(--fs-text-l);
    font-weight: var(--fs-weight-strong);
  }
  .of-object {
    display: flex;
    align-items: center;
    gap: var(--fs-space-2);
  }
  h3 {
    font-size: var(--fs-text-m);
    font-weight: var(--fs-weight-strong);
  }
  ul[role='list'],
  ol[role='list'] {
    list-style: none;
  }
  a {
    color: var(--fs-accent);
    text-decoration: none;
  }
  a:hover {
    color: var(--fs-accent-hover);
    text-decoration: underline;
  }
  :focus-visible {
    outline: 2px solid var(--fs-focus);
    outline-offset: 2px;
    border-radius: var(--fs-radius-s);
  }
  h1:focus,
  h2:focus {
    outline: none;
  }
  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
  }
  .soft {
    color: var(--fs-text-soft);
  }
  .small {
    font-size: var(--fs-text-s);
  }
  .mono {
    font-family: var(--fs-font-mono);
    font-size: 0.93em;
  }
  .number {
    font-variant-numeric: tabular-nums;
    text-align: end;
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .card {
    background: var(--fs-surface);
    border: 1px solid var(--fs-line);
    border-radius: var(--fs-radius-l);
  }
`

/** Buttons and links that look like buttons: `.button` with `.primary`, `.danger`, `.quiet` or `.small`; `.icon-button`. */
export const buttonStyles = css`
  .button,
  .icon-button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-height: var(--fs-control-height);
    padding: 0 14px;
    border: 1px solid var(--fs-line-strong);
    border-radius: var(--fs-radius-m);
    background: var(--fs-surface);
    color: var(--fs-text);
    font-weight: var(--fs-weight);
    font-size: var(--fs-text-m);
    line-height: 1;
    white-space: nowrap;
    cursor: pointer;
    text-decoration: none;
    transition:
      background var(--fs-motion),
      border-color var(--fs-motion);
  }
  .button:hover,
  .icon-button:hover {
    background: var(--fs-hover);
    color: var(--fs-text);
    text-decoration: none;
  }
  .button.small {
    min-height: 28px;
    padding: 0 10px;
    border-color: var(--fs-line);
  }
  .button.primary {
    background: var(--fs-accent);
    border-color: var(--fs-accent);
    color: var(--fs-on-accent);
    font-weight: var(--fs-weight-strong);
  }
  .button.primary:hover {
    background: var(--fs-accent-hover);
    border-color: var(--fs-accent-hover);
  }
  .button.danger {
    border-color: var(--fs-danger);
    color: var(--fs-danger);
  }
  .button.danger.primary {
    background: var(--fs-danger);
    color: var(--fs-on-danger);
  }
  .button.danger.primary:hover {
    background: var(--fs-danger-hover);
    border-color: var(--fs-danger-hover);
  }
  .button.quiet,
  .icon-button {
    border-color: transparent;
    background: transparent;
  }
  .button.quiet:hover,
  .icon-button:hover {
    background: var(--fs-hover);
  }
  .button.link {
    min-height: 0;
    padding: 0;
    line-height: inherit;
    border: 0;
    background: none;
    color: var(--fs-accent);
  }
  .button.link:hover {
    text-decoration: underline;
  }
  .icon-button {
    width: var(--fs-control-height);
    padding: 0;
    color: var(--fs-text-soft);
  }
  .icon-button.bordered {
    border-color: var(--fs-line-strong);
    background: var(--fs-surface);
  }
  .icon-button.small {
    width: 28px;
    min-height: 28px;
  }
  .button:disabled,
  .icon-button:disabled {
    opacity: 0.55;
    cursor: not-allowed;
  }
  .button[aria-pressed='true'],
  .icon-button[aria-pressed='true'],
  .icon-button[aria-expanded='true'] {
    background: var(--fs-selected);
    color: var(--fs-accent);
  }
  .button-row {
    display: flex;
    flex-wrap: wrap;
    gap: var(--fs-space-2);
    align-items: center;
  }
`

/** On paper nothing can be clicked, opened or scrolled to: what serves that is left out. */
export const printStyles = css`
  @media print {
    .button,
    .icon-button,
    .screen-only,
    fs-menu,
    fs-tabs {
      display: none !important;
    }
    a {
      color: inherit;
    }
    h2,
    h3 {
      break-after: avoid;
    }
    .card {
      border-color: var(--fs-line-strong);
    }
  }
`

/** Plain tables for short lists (related lists, Setup); long lists use the virtualised grid. */
export const tableStyles = css`
  .table {
    width: 100%;
    border-collapse: collapse;
    font-size: var(--fs-text-m);
  }
  .table th {
    padding: 8px 12px;
    border-bottom: 1px solid var(--fs-line);
    font-size: var(--fs-text-s);
    font-weight: var(--fs-weight-strong);
    color: var(--fs-text-soft);
    text-align: start;
    white-space: nowrap;
  }
  .table td {
    height: var(--fs-row-height);
    padding: 4px 12px;
    border-bottom: 1px solid var(--fs-line);
    vertical-align: middle;
  }
  .table tbody th {
    font-size: inherit;
    font-weight: var(--fs-weight);
    color: var(--fs-text);
  }
  .table tbody tr:last-child :is(td, th) {
    border-bottom: 0;
  }
  .table tbody tr:hover :is(td, th) {
    background: var(--fs-hover);
  }
  .table .number {
    text-align: end;
  }
`

/** Small labels with a meaning: `.chip`, with `.accent`, `.success`, `.warning` or `.danger`. */
export const chipStyles = css`
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    max-width: 100%;
    padding: 1px 8px;
    border: 1px solid var(--fs-line);
    border-radius: 99px;
    background: var(--fs-surface-sunken);
    color: var(--fs-text);
    font-size: var(--fs-text-s);
    line-height: 1.5;
  }
  .chip.accent {
    background: var(--fs-accent-soft);
    border-color: transparent;
    color: var(--fs-accent);
  }
  .chip.success {
    background: var(--fs-success-soft);
    border-color: transparent;
    color: var(--fs-success);
  }
  .chip.warning {
    background: var(--fs-warning-soft);
    border-color: transparent;
    color: var(--fs-warning);
  }
  .chip.danger {
    background: var(--fs-danger-soft);
    border-color: transparent;
    color: var(--fs-danger);
  }
`

/** A card of a record's page or of the start page: a line with its name, a count and what can be done; its content below. */
export const cardStyles = css`
  :host {
    display: block;
  }
  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    min-height: 44px;
    padding: 6px 8px 6px 16px;
  }
  h2 {
    font-size: var(--fs-text-m);
  }
  .count {
    font-weight: var(--fs-weight);
    color: var(--fs-text-soft);
  }
`
