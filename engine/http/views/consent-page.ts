/** The page on which somebody lets a program act for him: plain HTML without scripts. */
import { say } from '../../language/say.ts'
import type { Model } from '../../model/model.ts'
import { pageHeaders } from '../headers.ts'

export interface ConsentView {
  /** In the reader's language. */
  readonly model: Model
  readonly program: string
  /** Undefined: name and password are asked for. */
  readonly signedInAs: string | undefined
  /** Access lasts until it is taken back. */
  readonly lasting: boolean
  readonly problem: string | undefined
  /** What the form sends back unchanged. */
  readonly hidden: ReadonlyMap<string, string>
  /** Where the answer leads, as browsers hold forms to it. */
  readonly redirectUri: string
}

export function consentPage(view: ConsentView): Response {
  const { model, program, signedInAs, problem } = view
  const title = say(model, 'Allow access')
  const asks = say(model, '{program} wants to read and change data in your name.', { program })
  const lasting = view.lasting
    ? paragraph(say(model, 'It keeps this access until you take it back.'))
    : ''
  const who =
    signedInAs === undefined
      ? signInFields(model)
      : paragraph(say(model, 'You are signed in as {name}.', { name: signedInAs }))
  const inner = `
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(asks)}</p>${lasting}${who}
<div role="alert">${problem === undefined ? '' : `<p class="problem">${escapeHtml(problem)}</p>`}</div>
${[...view.hidden].map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`).join('\n')}
<div class="buttons">
<button name="decision" value="allow" class="primary">${escapeHtml(say(model, 'Allow'))}</button>
<button name="decision" value="deny" formnovalidate>${escapeHtml(say(model, 'Deny'))}</button>
</div>`
  const form = `<form class="card" method="post" action="/services/oauth2/authorize" autocomplete="on">${inner}</form>`
  const answer = page(model, title, form)
  return htmlAnswer(answer, problem === undefined ? 200 : 400, formTarget(view.redirectUri))
}

/** A request that must not be answered to the address it names. */
export function refusedPage(model: Model, reason: string): Response {
  const title = say(model, 'Access cannot be given')
  const inner = `<div class="card"><h1>${escapeHtml(title)}</h1><p>${escapeHtml(reason)}</p></div>`
  return htmlAnswer(page(model, title, inner), 400, '')
}

function signInFields(model: Model): string {
  const field = (name: string, label: string, more: string): string => `
<label for="${name}">${escapeHtml(label)}</label>
<input id="${name}" name="${name}" required ${more}>`
  return (
    field(
      'username',
      say(model, 'User name'),
      'autocomplete="username" autocapitalize="none" autofocus',
    ) + field('password', say(model, 'Password'), 'type="password" autocomplete="current-password"')
  )
}

function paragraph(text: string): string {
  return `\n<p class="soft">${escapeHtml(text)}</p>`
}

function page(model: Model, title: string, inner: string): string {
  return `<!doctype html>
<html lang="${escapeHtml(model.language.replace('_', '-'))}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)} – Fieldstone</title>
<style>${styles}</style>
</head>
<body>
<main>
<div class="brand"><svg viewBox="0 0 24 24" aria-hidden="true"><rect width="24" height="24" rx="6"></rect><path d="M6.5 6h11v3.2h-7.3v2.6h5.8V15h-5.8v3.5H6.5z"></path></svg><span>Fieldstone</span></div>
${inner}
</main>
</body>
</html>
`
}

/** The looks of the sign-in page of the screens. */
const styles = `
:root { color-scheme: light dark; --text: light-dark(#1b212c, #e6e9ef); --soft: light-dark(#545e70, #a4aebd);
  --ground: light-dark(#f5f6f8, #0f1216); --surface: light-dark(#ffffff, #171b21); --line: light-dark(#e2e6ec, #2a313b);
  --strong: light-dark(#858e9e, #6f7b8e); --accent: light-dark(#2456c9, #8cadfb); --hover: light-dark(#1c47ab, #a8c1fd);
  --on-accent: light-dark(#ffffff, #0d1526); --danger: light-dark(#b42318, #ff9a8f); --danger-soft: light-dark(#fdeeec, #3a1a18); }
* { box-sizing: border-box; }
body { display: grid; min-height: 100dvh; margin: 0; padding: 16px; place-items: center; background: var(--ground); color: var(--text);
  font: 400 0.875rem/1.43 Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif; }
main { width: min(380px, 100%); margin-bottom: 8vh; }
.brand { display: flex; align-items: center; justify-content: center; gap: 10px; margin-bottom: 24px; font-size: 1.375rem; font-weight: 600; letter-spacing: -0.02em; }
.brand svg { width: 32px; height: 32px; }
.brand rect { fill: var(--accent); }
.brand path { fill: var(--on-accent); }
.card { display: grid; gap: 8px; padding: 32px; border: 1px solid var(--line); border-radius: 10px; background: var(--surface);
  box-shadow: 0 1px 2px light-dark(rgb(20 28 45 / 6%), rgb(0 0 0 / 40%)); overflow-wrap: anywhere; }
h1 { margin: 0; font-size: 1rem; font-weight: 600; }
p { margin: 0; }
.soft, label { color: var(--soft); }
label { margin-top: 8px; font-size: 0.75rem; }
input { width: 100%; height: 40px; padding: 0 12px; border: 1px solid var(--strong); border-radius: 6px; background: var(--surface); color: inherit; font: inherit; }
.problem { padding: 8px 12px; border-radius: 6px; background: var(--danger-soft); color: var(--danger); }
.buttons { display: grid; gap: 8px; margin-top: 8px; }
button { min-height: 40px; border: 1px solid var(--line); border-radius: 6px; background: var(--surface); color: inherit; font: inherit; font-weight: 600; cursor: pointer; }
button.primary { border-color: transparent; background: var(--accent); color: var(--on-accent); }
button.primary:hover { background: var(--hover); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
@media (max-width: 640px) { .card { padding: 20px; } }
`

function htmlAnswer(text: string, status: number, target: string): Response {
  const policy = [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    `form-action 'self'${target}`,
    "frame-ancestors 'none'",
  ].join('; ')
  return new Response(text, {
    status,
    headers: {
      ...pageHeaders,
      'Content-Type': 'text/html;charset=UTF-8',
      'Content-Security-Policy': policy,
      'Cache-Control': 'private, no-store',
      // The form's own request must say where it comes from.
      'Referrer-Policy': 'same-origin',
    },
  })
}

/** Browsers hold the redirect after a form to what the form may lead to. */
function formTarget(redirectUri: string): string {
  const url = new URL(redirectUri)
  return url.protocol === 'http:' || url.protocol === 'https:'
    ? ` ${url.origin}`
    : ` ${url.protocol}`
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
])

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => escapes.get(character) ?? character)
}
