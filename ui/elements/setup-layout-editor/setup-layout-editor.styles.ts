/** Styles of the layout editor. */
import { css } from 'lit'

export const setupLayoutEditorStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 240px;
    gap: var(--fs-space-4);
    align-items: start;
    min-width: 0;
  }
  .canvas {
    display: flex;
    flex-direction: column;
    gap: var(--fs-space-3);
    min-width: 0;
  }
  .canvas > .button {
    align-self: flex-start;
  }
  .section,
  aside {
    border: 1px solid var(--fs-line);
    border-radius: var(--fs-radius-l);
    background: var(--fs-surface);
  }
  .section header {
    display: flex;
    gap: 4px;
    align-items: center;
    padding: var(--fs-space-2) var(--fs-space-3);
    border-bottom: 1px solid var(--fs-line);
  }
  .section header input {
    max-width: 360px;
    margin-inline-end: auto;
    border-color: transparent;
    font-weight: var(--fs-weight-strong);
  }
  .section header input:hover {
    border-color: var(--fs-line-strong);
  }
  .cells {
    display: grid;
    grid-template-columns: repeat(var(--columns), minmax(0, 1fr));
    gap: var(--fs-space-3);
    padding: var(--fs-space-3);
  }
  .cells ul {
    display: flex;
    flex-direction: column;
    gap: 6px;
    min-height: 44px;
    padding: 0;
    border-radius: var(--fs-radius-m);
  }
  .cells ul:empty {
    border: 1px dashed var(--fs-line-strong);
  }
  .cells li {
    display: grid;
    grid-template-columns: 24px minmax(0, 1fr) 112px 28px;
    gap: 4px;
    align-items: center;
    min-height: 40px;
    padding: 2px 4px;
    border: 1px solid var(--fs-line);
    border-radius: var(--fs-radius-m);
    background: var(--fs-surface);
  }
  .cells li.empty {
    display: block;
    padding: 8px 12px;
    border-style: dashed;
    color: var(--fs-text-soft);
  }
  .cells select {
    min-height: 28px;
    padding: 2px 24px 2px 8px;
    font-size: var(--fs-text-s);
  }
  .name {
    overflow-wrap: anywhere;
  }
  .handle {
    display: grid;
    place-items: center;
    width: 24px;
    height: 32px;
    padding: 0;
    border: 0;
    background: none;
    color: var(--fs-text-soft);
    cursor: grab;
  }
  aside {
    position: sticky;
    top: 112px;
    display: flex;
    flex-direction: column;
    gap: var(--fs-space-2);
    max-height: calc(100dvh - 140px);
    padding: var(--fs-space-3);
  }
  .free {
    min-height: 0;
    padding: 0;
    overflow: auto;
  }
  .add {
    display: flex;
    gap: 6px;
    align-items: center;
    width: 100%;
    min-height: 32px;
    padding: 2px 4px;
    border: 0;
    border-radius: var(--fs-radius-s);
    background: none;
    text-align: start;
    cursor: pointer;
  }
  .add:focus-visible {
    outline-offset: -2px;
  }
  .add:hover {
    background: var(--fs-hover);
  }
  .add fs-icon {
    --fs-icon-size: 14px;
    color: var(--fs-accent);
  }
  @media (max-width: 1280px) {
    .cells {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  @media (max-width: 900px) {
    :host {
      grid-template-columns: minmax(0, 1fr);
    }
    aside {
      position: static;
      max-height: 360px;
    }
  }
`
