/** The Metadata API over SOAP: one address, the operation in the body, the session in its header. */
import type { Context } from 'hono'
import { limits } from '../../base/limits.ts'
import { message } from '../../base/message.ts'
import { refuse } from '../../base/refusal.ts'
import { invalidSession, type SignedInUser } from '../../auth/auth.ts'
import type { AppParts } from '../app-parts.ts'
import { readAdmittedBody } from '../read-body.ts'
import { allowSlowBody } from '../slow-bodies.ts'
import { publicRoute, type Edge, type Route } from '../route.ts'
import { answerSoap } from '../soap/answer-soap.ts'
import { readEnvelope, sessionWithin, soapAnswer } from '../soap/envelope.ts'
import { describeMetadata, listMetadata } from '../soap/metadata-lists.ts'
import type { MetadataOperation } from '../soap/metadata-operation.ts'
import {
  cancelDeploy,
  checkDeployStatus,
  checkRetrieveStatus,
  deploy,
  deployRecentValidation,
  retrieve,
} from '../soap/metadata-packages.ts'
import {
  createMetadata,
  deleteMetadata,
  readMetadata,
  renameMetadata,
  updateMetadata,
  upsertMetadata,
} from '../soap/metadata-records.ts'
import { soapVersion } from './soap-partner.ts'

const operations: ReadonlyMap<string, MetadataOperation> = new Map(
  Object.entries({
    cancelDeploy,
    checkDeployStatus,
    checkRetrieveStatus,
    createMetadata,
    deleteMetadata,
    deploy,
    deployRecentValidation,
    describeMetadata,
    listMetadata,
    readMetadata,
    renameMetadata,
    retrieve,
    updateMetadata,
    upsertMetadata,
  }),
)

const namespace = 'http://soap.sforce.com/2006/04/metadata'
/** Base64 takes a third more, and the rest of the message is small. */
const bodyBytesMax = Math.ceil((limits.packageZipBytesMax * 4) / 3) + 1024 * 1024

export function soapMetadataRoutes(parts: AppParts): readonly Route[] {
  const handle = (context: Context<Edge>): Promise<Response> =>
    answerSoap(parts, context.req.raw, { work: () => answer(parts, context) })
  return [
    publicRoute('POST', '/services/Soap/m/:version', handle),
    publicRoute('POST', '/services/Soap/m/:version/:organization', handle),
  ]
}

async function answer(parts: AppParts, context: Context<Edge>): Promise<Response> {
  parts.usage.count()
  const version = soapVersion(context.req.param('version'))
  let admitted: Admitted | undefined
  const body = await readAdmittedBody(context.req.raw, bodyBytesMax, async (start) => {
    admitted = await admit(parts, start)
    allowSlowBody(context.env.incoming)
  })
  const { text, zip } = takeZip(body)
  const call = readEnvelope(text)
  // What was looked at before the message was parsed must be what it says.
  if (admitted === undefined || call.sessionId !== admitted.sessionId) throw invalidSession()
  const { user } = admitted
  const operation = operations.get(call.name)
  if (operation === undefined) {
    throw refuse('INVALID_TYPE', `The operation ${call.name.slice(0, 80)} is not offered here.`)
  }
  const by = { id: user.id, name: user.name, limitedTo: user.limitedTo }
  return soapAnswer(call.name, namespace, await operation({ parts, call, user, by, version, zip }))
}

interface Admitted {
  readonly user: SignedInUser
  readonly sessionId: string
}

/** Megabytes of strangers are neither kept nor parsed. */
async function admit(parts: AppParts, start: string): Promise<Admitted> {
  const sessionId = sessionWithin(start)
  if (sessionId === undefined) throw invalidSession()
  const user = await parts.auth.user({ kind: 'token', secret: sessionId })
  const permission = 'CustomizeApplication'
  if (user.access.has(permission)) return { user, sessionId }
  throw refuse(
    'INSUFFICIENT_ACCESS',
    message('This needs the permission {permission}.', { permission }),
  )
}

const zipStart = /<(?:\w+:)?ZipFile(?:\s[^<>]*)?>/

/** The file is lifted out before the message is parsed: megabytes of one text are no XML to look through. */
function takeZip(text: string): { readonly text: string; readonly zip: string | undefined } {
  const start = zipStart.exec(text)
  const from = start === null ? 0 : start.index + start[0].length
  const until = start === null ? 0 : text.indexOf('<', from)
  const rest = until <= from ? text : text.slice(0, from) + text.slice(until)
  if (rest.length > limits.requestBodyBytesMax) {
    throw refuse(
      'ENTITY_TOO_LARGE',
      `A message may have at most ${limits.requestBodyBytesMax} bytes beside its ZIP file.`,
    )
  }
  return { text: rest, zip: until <= from ? undefined : text.slice(from, until).trim() }
}
