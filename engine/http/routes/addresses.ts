/** The beginnings of our addresses. */
export const data = '/services/data/:version'
export const own = '/services/fieldstone/v1'

/** The address of the server as the asker wrote it, or as the settings say. */
export function baseUrl(request: Request, publicUrl: string | undefined): string {
  return publicUrl ?? new URL(request.url).origin
}

/** True when cookies must only travel encrypted. */
export function isSecure(request: Request, publicUrl: string | undefined): boolean {
  return baseUrl(request, publicUrl).startsWith('https:')
}
