/** The headers of every answer, made once: nothing is framed, sniffed, referred or cached by others. */

export type Headers = Readonly<Record<string, string>>

const everywhere: Headers = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

/** Data: never a document, so nothing may load or run. */
const dataHeaders: Headers = {
  ...everywhere,
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
}

/** An answer without a body. */
export const emptyHeaders: Headers = { ...dataHeaders, 'Cache-Control': 'private, no-store' }

export const jsonHeaders: Headers = {
  ...emptyHeaders,
  'Content-Type': 'application/json;charset=UTF-8',
}

export const csvHeaders: Headers = { ...emptyHeaders, 'Content-Type': 'text/csv;charset=UTF-8' }

export const textHeaders: Headers = { 'Content-Type': 'text/plain;charset=UTF-8' }

export const xmlHeaders: Headers = { ...emptyHeaders, 'Content-Type': 'text/xml;charset=UTF-8' }

/** The caller's own browser may keep it, and asks each time whether it is still right. */
export const revalidatedJsonHeaders: Headers = {
  ...jsonHeaders,
  'Cache-Control': 'private, no-cache',
  Vary: 'Authorization, Cookie, Accept-Language',
}

export const eventStreamHeaders: Headers = {
  ...emptyHeaders,
  'Content-Type': 'text/event-stream;charset=UTF-8',
  // Proxies that gather answers before they pass them on would hold the events back.
  'X-Accel-Buffering': 'no',
}

/** The screens: own scripts only. The components set styles inline, which scripts could not be made of. */
export const pageHeaders: Headers = {
  ...everywhere,
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; '),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=()',
  'Cache-Control': 'private, no-cache',
}

/** Files whose name changes with their content. */
export const hashedFileHeaders: Headers = {
  ...pageHeaders,
  'Cache-Control': 'public, max-age=31536000, immutable',
}
