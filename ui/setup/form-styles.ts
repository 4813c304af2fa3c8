/** Native inputs in the look of the design tokens, for the forms of Setup. */
import { css } from 'lit'

export const formStyles = css`
  .fields {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(380px, 100%), 1fr));
    gap: var(--fs-space-4) var(--fs-space-6);
  }
  .fields.single {
    grid-template-columns: minmax(0, 640px);
  }
  .wide {
    grid-column: 1 / -1;
  }
  .field {
    display: flex;
    flex-direction: column;
    gap: var(--fs-space-1);
    min-width: 0;
  }
  .field > label,
  .field > .label,
  legend {
    font-size: var(--fs-text-s);
    color: var(--fs-text-soft);
    padding: 0;
  }
  input:not([type='checkbox'], [type='radio']),
  select,
  textarea {
    width: 100%;
    min-height: var(--fs-control-height);
    padding: 6px 10px;
    border: 1px solid var(--fs-line-strong);
    border-radius: var(--fs-radius-m);
    background: var(--fs-surface);
    color: var(--fs-text);
    font-size: var(--fs-text-m);
  }
  input[type='number'] {
    font-variant-numeric: tabular-nums;
  }
  textarea {
    min-height: 72px;
    resize: vertical;
  }
  select {
    appearance: none;
    padding-inline-end: 30px;
    background-image:
      linear-gradient(45deg, transparent 50%, var(--fs-text-soft) 50%),
      linear-gradient(135deg, var(--fs-text-soft) 50%, transparent 50%);
    background-position:
      calc(100% - 16px) 50%,
      calc(100% - 11px) 50%;
    background-size: 5px 5px;
    background-repeat: no-repeat;
  }
  input:not([type='checkbox'], [type='radio']):focus-visible,
  select:focus-visible,
  textarea:focus-visible {
    outline: 2px solid var(--fs-focus);
    outline-offset: -1px;
    border-radius: var(--fs-radius-m);
  }
  [aria-invalid='true']:not([type='checkbox']) {
    border-color: var(--fs-danger);
  }
  input::placeholder,
  textarea::placeholder {
    color: var(--fs-text-faint);
    opacity: 1;
  }
  input:disabled,
  select:disabled,
  textarea:disabled {
    background: var(--fs-surface-sunken);
    color: var(--fs-text-soft);
  }
  input[type='checkbox'],
  input[type='radio'] {
    flex: none;
    width: 16px;
    height: 16px;
    margin: 2px 0;
    accent-color: var(--fs-accent);
  }
  .check {
    display: flex;
    gap: var(--fs-space-2);
    align-items: flex-start;
    min-height: 24px;
    cursor: pointer;
  }
  .check .hint {
    display: block;
  }
  .hint {
    font-size: var(--fs-text-s);
    color: var(--fs-text-soft);
  }
  .error {
    font-size: var(--fs-text-s);
    color: var(--fs-danger);
  }
  .choices {
    display: flex;
    flex-direction: column;
    gap: var(--fs-space-2);
    margin-top: var(--fs-space-1);
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    gap: var(--fs-space-2) var(--fs-space-3);
    align-items: center;
  }
  .bar .grow {
    flex: 1 1 auto;
  }
  input.search:not([type='checkbox'], [type='radio']) {
    width: min(320px, 100%);
  }
`
