/** Links from data: only http, https and mailto; everything else is shown as text. */
export function safeLink(text: string): string | undefined {
  const candidate = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`
  if (!URL.canParse(candidate)) return undefined
  const url = new URL(candidate)
  return ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : undefined
}
