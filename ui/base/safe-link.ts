/** Links from data: only http, https and mailto; everything else is shown as text. */
export function safeLink(text: string): string | undefined {
  // Browsers drop blanks inside an address, and read what begins with slashes as another host.
  if (/[\s\p{Cc}\\]/u.test(text) || text.startsWith('/')) return undefined
  const candidate = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`
  if (!URL.canParse(candidate)) return undefined
  const url = new URL(candidate)
  // What looks like the host may be a name to sign in with, and a new line in a mail another header.
  if (url.username !== '' || url.password !== '' || /%0[ad]/i.test(url.href)) return undefined
  return ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : undefined
}
