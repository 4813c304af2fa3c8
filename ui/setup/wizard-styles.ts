/** Styles of forms that end with a plan. */
import { css } from 'lit'

export const wizardStyles = css`
  .wizard {
    display: flex;
    flex-direction: column;
    gap: var(--fs-space-4);
    padding: var(--fs-space-5) var(--fs-space-6);
  }
  .wizard footer {
    position: sticky;
    bottom: 0;
    display: flex;
    flex-wrap: wrap;
    gap: var(--fs-space-2);
    margin: 0 calc(-1 * var(--fs-space-6)) calc(-1 * var(--fs-space-5));
    padding: var(--fs-space-3) var(--fs-space-6);
    border-top: 1px solid var(--fs-line);
    border-radius: 0 0 var(--fs-radius-l) var(--fs-radius-l);
    background: var(--fs-surface);
  }
  .wizard .grow {
    flex: 1;
  }
  .wizard .section + .section {
    padding-top: var(--fs-space-5);
    border-top: 1px solid var(--fs-line);
  }
  .wizard .section > h2 {
    margin-bottom: var(--fs-space-3);
  }
  .kind {
    margin-bottom: var(--fs-space-4);
  }
  @media (max-width: 640px) {
    .wizard {
      padding: var(--fs-space-4);
    }
    .wizard footer {
      margin: 0 calc(-1 * var(--fs-space-4)) calc(-1 * var(--fs-space-4));
      padding: var(--fs-space-3) var(--fs-space-4);
    }
  }
`
