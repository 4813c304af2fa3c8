/** The address that stands for a user, in tokens and identities. */
import type { AppParts } from '../app-parts.ts'
import { baseUrl } from './addresses.ts'

export function identityUrl(
  parts: Pick<AppParts, 'organization' | 'publicUrl'>,
  request: Request,
  userId: string,
): string {
  return `${baseUrl(request, parts.publicUrl)}/id/${parts.organization.id}/${userId}`
}
