/** Styles of the timeline. */
import { css } from 'lit'

export const timelineStyles = css`
  :host {
    display: block;
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--fs-space-2);
    min-height: 44px;
    padding: 6px 8px 6px 16px;
  }
  h2 {
    font-size: var(--fs-text-m);
  }
  h3 {
    padding: 8px 16px 4px;
    font-size: var(--fs-text-s);
    font-weight: var(--fs-weight-strong, 600);
    color: var(--fs-text-soft);
    border-top: 1px solid var(--fs-line);
  }
  .buttons {
    display: flex;
    gap: 4px;
  }
  form {
    display: grid;
    gap: var(--fs-space-2);
    padding: 4px 16px 14px;
  }
  form label {
    display: grid;
    gap: 2px;
    font-size: var(--fs-text-s);
    color: var(--fs-text-soft);
  }
  input,
  textarea {
    min-height: 32px;
    padding: 4px 8px;
    font: inherit;
    color: var(--fs-text);
    background: var(--fs-surface);
    border: 1px solid var(--fs-line-strong, var(--fs-line));
    border-radius: var(--fs-radius-s, 4px);
  }
  ol {
    margin: 0;
    padding: 0 0 6px;
    list-style: none;
  }
  li {
    display: grid;
    gap: 2px;
    padding: 6px 16px;
  }
  li a {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .soft {
    font-size: var(--fs-text-s);
    color: var(--fs-text-soft);
  }
  .late {
    color: var(--fs-danger, var(--fs-text));
    font-weight: var(--fs-weight-strong, 600);
  }
  .none {
    padding: 0 16px 14px;
  }
  footer {
    padding: 10px 16px;
    border-top: 1px solid var(--fs-line);
  }
`
