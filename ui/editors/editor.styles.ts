/** Styles that all editors share: one column of label, control and message. */
import { css } from 'lit'

export const editorStyles = css`
  :host {
    display: block;
    min-width: 0;
  }
  vaadin-text-field,
  vaadin-text-area,
  vaadin-combo-box,
  vaadin-multi-select-combo-box,
  vaadin-date-picker,
  vaadin-date-time-picker,
  vaadin-time-picker {
    width: 100%;
  }
  /* The field draws the ring around control and buttons together. */
  input:focus-visible,
  textarea:focus-visible {
    outline: none;
  }
  /* As specific as the library's own rule, which would give it the colour of a value. */
  :host input[slot='input']::placeholder,
  :host textarea[slot]::placeholder {
    color: var(--fs-text-faint);
    opacity: 1;
  }
  ::part(overlay) {
    font-size: var(--fs-text-m);
  }
  ::part(error-message) {
    color: var(--fs-danger);
  }
  ::part(input-field) {
    min-height: var(--fs-control-height);
  }
  vaadin-text-area::part(input-field) {
    min-height: 72px;
    max-height: 320px;
  }
`
