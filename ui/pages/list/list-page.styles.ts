/** Styles of the list page: the rows take what the window has left. */
import { css } from 'lit'

export const listPageStyles = css`
  :host {
    display: flex;
    flex-direction: column;
  }
  .page {
    flex: 1;
    display: flex;
    flex-direction: column;
    gap: var(--fs-space-3);
    min-height: 0;
    padding: var(--fs-space-4) var(--fs-gutter);
  }
  .meta {
    margin-top: 2px;
  }
  .body {
    flex: 1;
    display: flex;
    min-height: 0;
    overflow: hidden;
  }
  fs-record-list {
    min-width: 0;
  }
  fs-filter-panel {
    flex: none;
    width: 300px;
    border-inline-start: 1px solid var(--fs-line);
    background: var(--fs-surface);
    overflow: auto;
  }
  @media (min-width: 721px) {
    .page {
      flex: none;
      /* The window less the header, so that the rows scroll and not the page. */
      height: calc(100dvh - 93px);
    }
  }
  @media (max-width: 720px) {
    .page {
      padding: var(--fs-space-3) 0;
    }
    fs-page-header,
    fs-notice {
      margin: 0 var(--fs-gutter);
    }
    .body {
      flex-direction: column-reverse;
      border-inline: 0;
      border-radius: 0;
      overflow: visible;
    }
    fs-filter-panel {
      width: 100%;
      border: 0;
      border-bottom: 1px solid var(--fs-line);
    }
  }
`
