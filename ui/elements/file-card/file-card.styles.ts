/** Styles of the card of files. */
import { css } from 'lit'

export const fileCardStyles = css`
  .over {
    outline: 2px dashed var(--fs-accent);
    outline-offset: -4px;
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li {
    display: flex;
    align-items: center;
    gap: var(--fs-space-2);
    padding: 8px 8px 8px 16px;
    border-top: 1px solid var(--fs-line);
  }
  .what {
    flex: 1;
    min-width: 0;
  }
  .title {
    display: block;
    max-width: 100%;
    padding: 0;
    border: 0;
    background: none;
    font: inherit;
    color: var(--fs-link, var(--fs-accent));
    text-align: start;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    cursor: pointer;
  }
  .title:hover {
    text-decoration: underline;
  }
  .soft {
    font-size: var(--fs-text-s);
    color: var(--fs-text-soft);
  }
  .hint {
    margin: 0;
    padding: 0 16px 14px;
  }
  progress {
    width: 100%;
  }
`
