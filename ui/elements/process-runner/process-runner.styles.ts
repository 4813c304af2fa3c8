/** Styles of the runner: one card, the steps above, the buttons always in reach. */
import { css } from 'lit'

export const processRunnerStyles = css`
  :host {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-width: 0;
  }
  .body {
    display: flex;
    flex: 1;
    flex-direction: column;
    gap: var(--fs-space-4);
    width: 100%;
    max-width: 1080px;
    padding: var(--fs-space-4) var(--fs-gutter) var(--fs-space-6);
    margin: 0 auto;
  }
  .card {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--fs-space-5);
    padding: var(--fs-space-5) var(--fs-space-6) var(--fs-space-6);
  }
  .group {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--fs-space-3);
  }
  .step h2:focus {
    outline: none;
  }
  .wrong {
    color: var(--fs-danger);
  }
  dl {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(240px, 100%), 1fr));
    gap: var(--fs-space-3) var(--fs-space-5);
  }
  dt {
    font-size: var(--fs-text-s);
    color: var(--fs-text-soft);
  }
  dd {
    overflow-wrap: anywhere;
    white-space: pre-line;
  }
  .review header {
    display: flex;
    gap: var(--fs-space-3);
    align-items: center;
    justify-content: space-between;
  }
  .review section {
    display: grid;
    gap: var(--fs-space-3);
    padding-bottom: var(--fs-space-4);
    border-bottom: 1px solid var(--fs-line);
  }
  .review dl + dl {
    padding-top: var(--fs-space-3);
    border-top: 1px dashed var(--fs-line);
  }
  .review section:last-child {
    padding-bottom: 0;
    border-bottom: 0;
  }
  .made {
    display: grid;
    gap: var(--fs-space-2);
  }
  .made li {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--fs-space-3);
    padding: 6px 0;
    border-top: 1px solid var(--fs-line);
  }
  .footer {
    position: sticky;
    bottom: 0;
    z-index: 5;
    padding: 10px var(--fs-gutter);
    border-top: 1px solid var(--fs-line);
    background: var(--fs-surface);
  }
  .buttons {
    display: flex;
    gap: var(--fs-space-2);
    max-width: calc(1080px - 2 * var(--fs-gutter));
    margin: 0 auto;
  }
  .buttons .rest {
    flex: 1;
  }
  @media (max-width: 640px) {
    .card {
      padding: var(--fs-space-4);
    }
    .buttons {
      flex-wrap: wrap;
    }
  }
`
