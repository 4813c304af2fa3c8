/** Styles of the start page. */
import { css } from 'lit'

export const homePageStyles = css`
  :host {
    display: block;
  }
  .page {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--fs-space-4);
    padding: var(--fs-space-5) var(--fs-gutter) var(--fs-space-8);
  }
  .cards {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(360px, 100%), 1fr));
    gap: var(--fs-space-3);
    align-items: start;
  }
  .work {
    display: grid;
    grid-template-columns: minmax(0, 2fr) minmax(0, 1fr);
    gap: var(--fs-space-3);
    align-items: start;
  }
  .main,
  .beside {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--fs-space-3);
  }
  @media (max-width: 960px) {
    .work {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`
