/** Styles of the dialogs for one field. */
import { css } from 'lit'

export const setupFieldActionsStyles = css`
  form {
    display: grid;
    grid-template-columns: minmax(0, 480px) auto;
    gap: var(--fs-space-3);
    align-items: start;
    margin-bottom: var(--fs-space-4);
  }
  form .button {
    margin-top: 20px;
    justify-self: start;
  }
  .usage {
    padding-inline-start: var(--fs-space-5);
    overflow-wrap: anywhere;
  }
  @media (max-width: 640px) {
    form {
      grid-template-columns: minmax(0, 1fr);
    }
    form .button {
      margin-top: 0;
    }
  }
`
