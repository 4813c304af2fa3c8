/** Styles of the start page. */
import { css } from 'lit'

export const homePageStyles = css`
  :host {
    display: block;
  }
  .page {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--fs-space-4);
    padding: var(--fs-space-5) var(--fs-gutter) var(--fs-space-8);
  }
  .cards {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(360px, 100%), 1fr));
    gap: var(--fs-space-3);
    align-items: start;
  }
  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    min-height: 44px;
    padding: 4px 8px 4px 16px;
  }
  h2 {
    font-size: var(--fs-text-m);
  }
  h2 a {
    color: var(--fs-text);
  }
  li {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: var(--fs-space-3);
    padding: 7px 16px;
    border-top: 1px solid var(--fs-line);
  }
  li a {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  li span {
    flex: none;
  }
  .none {
    padding: 4px 16px 16px;
  }
`
