/** Styles of the tree of roles. */
import { css } from 'lit'

export const setupRoleTreeStyles = css`
  :host {
    display: block;
    min-width: 0;
    padding: var(--fs-space-4);
  }
  [role='tree'] {
    margin-top: var(--fs-space-3);
  }
  [role='treeitem'] {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--fs-space-2);
    align-items: center;
    min-height: 36px;
    padding: 4px 8px;
    border-radius: var(--fs-radius-m);
    cursor: pointer;
  }
  [role='treeitem']:hover {
    background: var(--fs-accent-soft);
  }
  .twisty {
    display: inline-grid;
    place-items: center;
    width: 24px;
    height: 24px;
  }
  .label {
    overflow-wrap: anywhere;
  }
  .moving {
    opacity: 0.6;
  }
  .over {
    outline: 2px solid var(--fs-accent);
  }
  .top {
    padding: var(--fs-space-3);
    margin-top: var(--fs-space-3);
    border: 1px dashed var(--fs-line-strong);
    border-radius: var(--fs-radius-m);
    color: var(--fs-text-soft);
  }
`
