/** Styles of the line that says whether what is being written is right. */
import { css } from 'lit'

export const checkStateStyles = css`
  .state {
    display: flex;
    gap: var(--fs-space-2);
    align-items: flex-start;
    min-height: 22px;
    margin: 0;
  }
  .state fs-icon {
    flex: none;
    margin-top: 2px;
  }
  .state.right {
    color: var(--fs-success);
  }
  .state.wrong {
    color: var(--fs-danger);
  }
`
