/** Styles of the formula's workshop: palette beside the text, or below it where it is narrow. */
import { css } from 'lit'

export const setupFormulaBuilderStyles = css`
  :host {
    display: block;
    min-width: 0;
    container-type: inline-size;
  }
  .bench {
    display: grid;
    grid-template-columns: minmax(220px, 300px) minmax(0, 1fr);
    gap: var(--fs-space-4);
  }
  .side {
    display: flex;
    flex-direction: column;
    height: 430px;
    min-width: 0;
  }
  .side > * {
    flex: 1;
  }
  .main {
    display: flex;
    flex-direction: column;
    gap: var(--fs-space-2);
    min-width: 0;
  }
  .label {
    display: flex;
    align-items: center;
    min-height: 40px;
    font-size: var(--fs-text-s);
    color: var(--fs-text-soft);
  }
  @container (max-width: 700px) {
    .bench {
      grid-template-columns: minmax(0, 1fr);
    }
    .main {
      order: -1;
    }
    .label {
      min-height: 0;
    }
    .side {
      height: 340px;
    }
  }
`
