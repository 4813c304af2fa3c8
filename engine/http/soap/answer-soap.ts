/** Whatever a SOAP operation throws becomes a fault; mistakes of ours are logged under a number. */
import { message } from '../../base/message.ts'
import { Refusal, refuse } from '../../base/refusal.ts'
import { refusalOf, StorageError } from '../../storage/storage-error.ts'
import type { AppParts } from '../app-parts.ts'
import { plainFaults, soapFault, type FaultForm } from './envelope.ts'

interface Work {
  readonly faults?: FaultForm
  work(): Promise<Response>
}

export async function answerSoap(
  parts: Pick<AppParts, 'log' | 'requestId' | 'serving'>,
  request: Request,
  { work, faults = plainFaults }: Work,
): Promise<Response> {
  try {
    if (!parts.serving()) {
      throw refuse('SERVER_UNAVAILABLE', message('The server is stopping. Try again shortly.'))
    }
    return await work()
  } catch (error) {
    return soapFault(asRefusal(parts, request, error), faults)
  }
}

export function asRefusal(
  { log, requestId }: Pick<AppParts, 'log' | 'requestId'>,
  request: Request | undefined,
  error: unknown,
): Refusal {
  if (error instanceof Refusal) return error
  const known = error instanceof StorageError ? refusalOf(error) : undefined
  if (known !== undefined) return known
  const id = requestId()
  log.error({ err: error, requestId: id, method: request?.method }, 'request failed')
  return refuse(
    'UNKNOWN_EXCEPTION',
    message('Something went wrong on the server. Quote {id} when you report it.', { id }),
  )
}
