/** Styles of the sign-in page. */
import { css } from 'lit'

export const signInStyles = css`
  :host {
    display: grid;
    min-height: 100dvh;
    padding: var(--fs-space-4);
    place-items: center;
    background: var(--fs-ground);
  }
  main {
    width: min(380px, 100%);
    margin-bottom: 8vh;
  }
  .brand {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 10px;
    margin-bottom: var(--fs-space-6);
    font-size: var(--fs-text-xl);
    font-weight: var(--fs-weight-strong);
    letter-spacing: -0.02em;
  }
  .brand svg {
    width: 32px;
    height: 32px;
  }
  .brand rect {
    fill: var(--fs-accent);
  }
  .brand path {
    fill: var(--fs-on-accent);
  }
  form {
    display: grid;
    gap: var(--fs-space-4);
    padding: var(--fs-space-8);
    box-shadow: var(--fs-shadow-s);
  }
  .field {
    display: grid;
    gap: 4px;
  }
  label {
    font-size: var(--fs-text-s);
    color: var(--fs-text-soft);
  }
  input {
    height: 40px;
    width: 100%;
    padding: 0 12px;
    border: 1px solid var(--fs-line-strong);
    border-radius: var(--fs-radius-m);
    background: var(--fs-surface);
  }
  input:focus-visible {
    outline-offset: -1px;
    border-radius: var(--fs-radius-m);
  }
  .button {
    min-height: 40px;
  }
  .button.link {
    min-height: 24px;
    justify-self: center;
  }
  .picture {
    width: 200px;
    height: 200px;
    justify-self: center;
    border-radius: var(--fs-radius-m);
  }
  .key {
    overflow-wrap: anywhere;
    text-align: center;
    color: var(--fs-text-soft);
  }
  .recovery {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: var(--fs-space-2);
    margin: 0;
    padding: 0;
    list-style: none;
    font-size: var(--fs-text-s);
  }
  .problem {
    padding: 8px 12px;
    border-radius: var(--fs-radius-m);
    background: var(--fs-danger-soft);
    color: var(--fs-danger);
  }
  @media (max-width: 640px) {
    form {
      padding: var(--fs-space-5);
    }
  }
`
