/** Forms and answers of OAuth 2, as stock clients send and read them. */
import { Refusal, refuse } from '../../base/refusal.ts'
import { OAuthRefusal, type OAuthError } from '../../auth/oauth/oauth-refusal.ts'
import type { ClientProof } from '../../auth/oauth/oauth.ts'
import { mediaType, readBody } from '../read-body.ts'
import { json } from '../respond.ts'

const formBytesMax = 16 * 1024

export async function readForm(request: Request): Promise<URLSearchParams> {
  if (mediaType(request) !== 'application/x-www-form-urlencoded') {
    throw refuse('UNSUPPORTED_MEDIA_TYPE', 'Send the body as application/x-www-form-urlencoded.')
  }
  return new URLSearchParams(await readBody(request, formBytesMax))
}

export function oauthError(error: OAuthError, description: string): Response {
  return json({ error, error_description: description }, 400)
}

/** What was refused, in the words of OAuth; everything else is thrown on. */
export function oauthAnswer(error: unknown): Response {
  if (error instanceof OAuthRefusal) return oauthError(error.error, error.message)
  if (!(error instanceof Refusal) || error.status >= 500) throw error
  const description = error.code === 'INVALID_LOGIN' ? 'authentication failure' : error.message
  return oauthError('invalid_grant', description)
}

const basicPattern = /^Basic +([A-Za-z0-9+/=]+)$/i

/** The client's id and secret, from the header or the form. */
export function clientProof(request: Request, form: URLSearchParams): ClientProof {
  const basic = basicPattern.exec(request.headers.get('authorization') ?? '')?.[1]
  if (basic === undefined) {
    return { id: form.get('client_id') ?? '', secret: form.get('client_secret') ?? undefined }
  }
  const [id = '', ...secret] = Buffer.from(basic, 'base64').toString('utf8').split(':')
  return { id: plain(id), secret: plain(secret.join(':')) }
}

/** Both parts were written as in a form. */
function plain(text: string): string {
  return new URLSearchParams(`x=${text.replaceAll('&', '%26')}`).get('x') ?? ''
}
