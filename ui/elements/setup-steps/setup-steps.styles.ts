/** Styles of the steps of a wizard. */
import { css } from 'lit'

export const setupStepsStyles = css`
  :host {
    display: block;
  }
  ol {
    display: flex;
    gap: var(--fs-space-2);
    padding: 0;
    margin: 0;
  }
  li {
    flex: 1 1 0;
    min-width: 0;
    border-top: 3px solid var(--fs-line);
    color: var(--fs-text-soft);
  }
  li.current,
  li.done {
    border-color: var(--fs-accent);
    color: var(--fs-text);
  }
  li.current {
    font-weight: var(--fs-weight-strong);
  }
  button,
  .still {
    display: flex;
    gap: var(--fs-space-2);
    align-items: center;
    width: 100%;
    min-height: 36px;
    padding: 6px 0;
    border: 0;
    background: none;
    color: inherit;
    text-align: start;
  }
  button {
    cursor: pointer;
  }
  button:hover {
    color: var(--fs-accent);
  }
  .mark {
    display: grid;
    flex: none;
    place-items: center;
    width: 20px;
    height: 20px;
    border: 1px solid currentColor;
    border-radius: 50%;
    font-size: var(--fs-text-s);
    line-height: 1;
  }
  .mark fs-icon {
    --fs-icon-size: 12px;
  }
  .current .mark {
    border-color: var(--fs-accent);
    background: var(--fs-accent);
    color: var(--fs-on-accent);
  }
  .done .mark {
    color: var(--fs-accent);
  }
  .short {
    display: none;
  }
  @media (max-width: 900px) {
    .short {
      display: block;
    }
    li:not(.current) span > span:not(.mark),
    li:not(.current) button > span:not(.mark) {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    li {
      flex: 0 1 44px;
    }
    li.current {
      flex: 1 1 auto;
    }
  }
`
