/** Styles of the dialog that shows all a lookup may point at. */
import { css } from 'lit'

export const lookupDialogStyles = css`
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--fs-space-3);
    padding: 4px 0 var(--fs-space-3);
  }
  .search {
    position: relative;
    flex: 1 1 220px;
  }
  .search fs-icon {
    position: absolute;
    inset: 0 auto 0 10px;
    margin: auto;
    color: var(--fs-text-soft);
    pointer-events: none;
  }
  input {
    width: 100%;
    height: var(--fs-control-height);
    padding: 0 10px 0 34px;
    border: 1px solid var(--fs-line-strong);
    border-radius: var(--fs-radius-m);
    background: var(--fs-surface);
  }
  fs-tabs {
    display: block;
    margin-bottom: var(--fs-space-3);
  }
  .rows {
    display: flex;
    height: min(54vh, 480px);
    border: 1px solid var(--fs-line);
    border-radius: var(--fs-radius-m);
    overflow: auto;
  }
  .rows > * {
    flex: 1;
    min-width: 0;
  }
  .buttons {
    justify-content: space-between;
  }
`
