/** Styles of the panels of plans and templates: a bar of progress, lines of work. */
import { css } from 'lit'
import { chipStyles } from '../../base/base-styles.ts'

export const planPanelStyles = [
  chipStyles,
  css`
    :host {
      display: block;
    }
    :host([hidden]) {
      display: none;
    }
    header {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--fs-space-2);
      padding: var(--fs-space-3) var(--fs-space-4);
    }
    h2 {
      flex: 1 1 auto;
      font-size: var(--fs-text-m);
    }
    .progress {
      display: flex;
      align-items: center;
      gap: var(--fs-space-3);
      padding: 0 var(--fs-space-4) var(--fs-space-3);
      font-variant-numeric: tabular-nums;
    }
    progress {
      flex: 1 1 auto;
      height: 8px;
      accent-color: var(--fs-accent);
    }
    form {
      display: flex;
      flex-wrap: wrap;
      gap: var(--fs-space-2);
      align-items: end;
      padding: 0 var(--fs-space-4) var(--fs-space-3);
    }
    form label {
      display: grid;
      flex: 1 1 240px;
      gap: 2px;
      font-size: var(--fs-text-s);
      color: var(--fs-text-soft);
    }
    input {
      min-height: var(--fs-control-height);
      padding: 4px 8px;
      border: 1px solid var(--fs-line-strong);
      border-radius: var(--fs-radius-m);
      background: var(--fs-surface);
    }
    ol {
      list-style: none;
      margin: 0;
      padding: 0;
    }
    li {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--fs-space-1) var(--fs-space-3);
      padding: var(--fs-space-2) var(--fs-space-4);
      border-top: 1px solid var(--fs-line);
    }
    .what {
      flex: 1 1 220px;
      min-width: 0;
      overflow-wrap: anywhere;
    }
    .what .soft {
      display: block;
      font-size: var(--fs-text-s);
    }
    .none {
      padding: var(--fs-space-3) var(--fs-space-4);
      border-top: 1px solid var(--fs-line);
    }
  `,
]
