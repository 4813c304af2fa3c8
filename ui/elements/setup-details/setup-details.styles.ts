/** Styles of the details of a field. */
import { css } from 'lit'

export const setupDetailsStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: var(--fs-space-5);
  }
  fieldset {
    padding-top: var(--fs-space-4);
    border-top: 1px solid var(--fs-line);
  }
  legend {
    float: left;
    width: 100%;
    margin-bottom: var(--fs-space-3);
    font-size: var(--fs-text-m);
    font-weight: var(--fs-weight-strong);
    color: var(--fs-text);
  }
  fieldset fieldset,
  .fields fieldset {
    padding: 0;
    border: 0;
  }
  .fields legend {
    float: none;
    margin: 0;
    font-size: var(--fs-text-s);
    font-weight: var(--fs-weight);
    color: var(--fs-text-soft);
  }
  fieldset > .fields {
    clear: both;
  }
`
