/** The Metadata API over SOAP: one address, the operation in the body, the session in its header. */
import type { Context } from 'hono'
import { limits } from '../../base/limits.ts'
import { message } from '../../base/message.ts'
import { refuse } from '../../base/refusal.ts'
import type { SignedInUser } from '../../auth/auth.ts'
import type { AppParts } from '../app-parts.ts'
import { readBody } from '../read-body.ts'
import { publicRoute, type Edge, type Route } from '../route.ts'
import { answerSoap } from '../soap/answer-soap.ts'
import { readEnvelope, soapAnswer, type SoapCall } from '../soap/envelope.ts'
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
    answerSoap(parts, context.req.raw, () => answer(parts, context))
  return [
    publicRoute('POST', '/services/Soap/m/:version', handle),
    publicRoute('POST', '/services/Soap/m/:version/:organization', handle),
  ]
}

async function answer(parts: AppParts, context: Context<Edge>): Promise<Response> {
  parts.usage.count()
  const version = soapVersion(context.req.param('version'))
  const { text, zip } = takeZip(await readBody(context.req.raw, bodyBytesMax))
  const call = readEnvelope(text)
  const user = await callerOf(parts, call)
  const operation = operations.get(call.name)
  if (operation === undefined) {
    throw refuse('INVALID_TYPE', `The operation ${call.name.slice(0, 80)} is not offered here.`)
  }
  const by = { id: user.id, name: user.name }
  return soapAnswer(call.name, namespace, await operation({ parts, call, user, by, version, zip }))
}

async function callerOf(parts: AppParts, call: SoapCall): Promise<SignedInUser> {
  const user = await parts.auth.user({ kind: 'token', secret: call.sessionId ?? '' })
  const permission = 'CustomizeApplication'
  if (user.access.has(permission)) return user
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
