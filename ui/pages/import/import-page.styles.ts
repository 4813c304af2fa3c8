/** Styles of the import page. */
import { css } from 'lit'

export const importPageStyles = css`
  .page {
    display: flex;
    flex-direction: column;
    gap: var(--fs-space-4);
    padding: var(--fs-space-4) var(--fs-gutter);
  }
  .body {
    display: flex;
    flex-direction: column;
    gap: var(--fs-space-5);
    padding: var(--fs-space-5);
  }
  .start {
    display: flex;
    flex-direction: column;
    gap: var(--fs-space-5);
  }
  .drop {
    display: grid;
    justify-items: center;
    gap: var(--fs-space-3);
    padding: var(--fs-space-8) var(--fs-space-4);
    border: 2px dashed var(--fs-line-strong);
    border-radius: var(--fs-radius-l);
    text-align: center;
  }
  .drop.over {
    border-color: var(--fs-accent);
    background: var(--fs-accent-soft);
  }
  .drop input {
    max-width: 100%;
    height: auto;
    padding: 6px;
  }
  .figures {
    display: flex;
    flex-wrap: wrap;
    gap: var(--fs-space-3) var(--fs-space-6);
  }
  .figure {
    display: flex;
    flex-direction: column;
  }
  .figure b {
    font-size: var(--fs-text-xl);
    font-weight: var(--fs-weight-strong);
    font-variant-numeric: tabular-nums;
  }
  .figure.danger b {
    color: var(--fs-danger);
  }
  progress {
    width: 100%;
    height: 10px;
    accent-color: var(--fs-accent);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--fs-space-2);
  }
  .problem {
    padding: var(--fs-space-2) var(--fs-space-3);
    border-radius: var(--fs-radius-m);
    background: var(--fs-danger-soft);
    color: var(--fs-danger);
  }
  @media (max-width: 720px) {
    .body {
      padding: var(--fs-space-4);
    }
  }
`
