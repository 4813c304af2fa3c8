/** What an operation of the Metadata API is given. */
import type { SignedInUser } from '../../auth/auth.ts'
import type { Author } from '../../deploy/plan.ts'
import type { AppParts } from '../app-parts.ts'
import type { SoapCall, SoapValue } from './envelope.ts'

export interface MetadataAsked {
  readonly parts: Pick<AppParts, 'deployer' | 'packages' | 'clock' | 'log' | 'requestId'>
  readonly call: SoapCall
  readonly user: SignedInUser
  readonly by: Author
  readonly version: string
  /** Base64 of the ZIP file that came with the call. */
  readonly zip: string | undefined
}

/** Each value becomes one `result`. */
export type MetadataOperation = (
  asked: MetadataAsked,
) => readonly SoapValue[] | Promise<readonly SoapValue[]>
