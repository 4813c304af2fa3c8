/** Refusals of the sign-in of programs, in the words of OAuth 2. */

export type OAuthError =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_client_id'
  | 'invalid_grant'
  | 'invalid_scope'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'
  | 'unsupported_token_type'
  | 'access_denied'

/** An expected "no" of the token endpoint, answered as `{error, error_description}`. */
export class OAuthRefusal extends Error {
  readonly error: OAuthError

  constructor(error: OAuthError, description: string) {
    super(description)
    this.name = 'OAuthRefusal'
    this.error = error
  }
}

export function oauthRefusal(error: OAuthError, description: string): OAuthRefusal {
  return new OAuthRefusal(error, description)
}
