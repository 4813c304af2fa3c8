/** Styles of lists of records: the rows take what is left, what is done with them stays in sight. */
import { css } from 'lit'

export const recordListStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 0;
    flex: 1;
  }
`
