/** The Partner API over SOAP: sign-in, and records as the REST API has them, in the words that loaders and connectors speak. */
import type { Context } from 'hono'
import { newestApiVersion, oldestApiVersion } from '../../base/api-versions.ts'
import { refuse } from '../../base/refusal.ts'
import { invalidSession, type SignedInUser } from '../../auth/auth.ts'
import type { RouteParts } from '../app-parts.ts'
import { admissionBytes, bodyBytesMax, readAdmittedBody } from '../read-body.ts'
import { publicRoute, type Edge, type Route } from '../route.ts'
import { answerSoap } from '../soap/answer-soap.ts'
import {
  readEnvelope,
  sessionWithin,
  soapAnswer,
  textOf,
  type SoapCall,
  type SoapRecord,
} from '../soap/envelope.ts'
import { convertLead, merge } from '../soap/partner/partner-actions.ts'
import type { PartnerOperation, RestAnswer, RestAsked } from '../soap/partner/partner-asked.ts'
import {
  describeGlobal,
  describeLayout,
  describeSObject,
  describeSObjects,
  describeTabs,
} from '../soap/partner/partner-describe.ts'
import { partnerFaults } from '../soap/partner/partner-fault.ts'
import { query, queryAll, queryMore, search } from '../soap/partner/partner-queries.ts'
import {
  create,
  emptyRecycleBin,
  getDeleted,
  getUpdated,
  remove,
  retrieve,
  undelete,
  update,
  upsert,
} from '../soap/partner/partner-records.ts'
import { allowSlowBody } from '../slow-bodies.ts'
import { baseUrl } from './addresses.ts'
import { peerAddress } from './peer-address.ts'

type Parts = Pick<
  RouteParts,
  | 'ask'
  | 'auth'
  | 'organization'
  | 'publicUrl'
  | 'clock'
  | 'log'
  | 'requestId'
  | 'deployer'
  | 'serving'
>

const namespace = 'urn:partner.soap.sforce.com'

export function soapPartnerRoutes(parts: Parts): readonly Route[] {
  const handle = (context: Context<Edge>): Promise<Response> =>
    answerSoap(parts, context.req.raw, {
      faults: partnerFaults,
      work: async () => {
        const version = soapVersion(context.req.param('version'))
        const call = await readCall(parts, context)
        const asked = { parts, context, call, version }
        const own = sessionOperations.get(call.name)
        if (own !== undefined) return soapAnswer(call.name, namespace, await own(asked))
        const operation = operations.get(call.name)
        if (operation === undefined) {
          throw refuse(
            'INVALID_TYPE',
            `The operation ${call.name.slice(0, 80)} is not offered here.`,
          )
        }
        const rest = (request: RestAsked): Promise<RestAnswer> => askRest(asked, request)
        return soapAnswer(call.name, namespace, await operation({ call, version, rest }))
      },
    })
  // Addresses of servers end with the organisation; the kind is that of the WSDL.
  return ['u', 'c'].flatMap((kind) => [
    publicRoute('POST', `/services/Soap/${kind}/:version`, handle),
    publicRoute('POST', `/services/Soap/${kind}/:version/:organization`, handle),
  ])
}

/** As it stands in addresses of SOAP, without "v"; refuses versions that are not answered. */
export function soapVersion(asked: string | undefined): string {
  const number = /^(\d{2})\.0$/.exec(asked ?? '')?.[1]
  const version = Number(number ?? 0)
  if (version < oldestApiVersion || version > newestApiVersion) {
    throw refuse('NOT_FOUND', `There is no version ${(asked ?? '').slice(0, 20)} of the API.`)
  }
  return `${number ?? ''}.0`
}

interface Asked {
  readonly parts: Parts
  readonly context: Context<Edge>
  readonly call: SoapCall
  readonly version: string
}

async function readCall(parts: Parts, context: Context<Edge>): Promise<SoapCall> {
  let admitted: string | undefined
  const text = await readAdmittedBody(context.req.raw, bodyBytesMax, async (start) => {
    admitted = sessionWithin(start)
    // A message of a sign-in is small; more is read of those alone whom a session names.
    if (admitted === undefined && Buffer.byteLength(start) >= admissionBytes) throw invalidSession()
    if (admitted === undefined) return
    await parts.auth.user({ kind: 'token', secret: admitted })
    allowSlowBody(context.env.incoming)
  })
  const call = readEnvelope(text)
  // What was looked at before the message was parsed must be what it says.
  if (admitted !== undefined && call.sessionId !== admitted) throw invalidSession()
  return call
}

/** The REST API answers whoever the session belongs to: rights, limits and refusals are its own. */
async function askRest(
  { parts, context, call, version }: Asked,
  { method = 'GET', path, body, headers = {} }: RestAsked,
): Promise<RestAnswer> {
  const url = path.startsWith('/services/') ? path : `/services/data/v${version}${path}`
  const request = new Request(new URL(url, context.req.url), {
    method,
    headers: {
      ...headers,
      authorization: `Bearer ${call.sessionId ?? ''}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? null : JSON.stringify(body),
  })
  const answer = await parts.ask(request, context.env)
  const text = await answer.text()
  return { status: answer.status, json: text === '' ? undefined : JSON.parse(text) }
}

const operations: ReadonlyMap<string, PartnerOperation> = new Map(
  Object.entries({
    convertLead,
    create,
    delete: remove,
    describeGlobal,
    describeLayout,
    describeSObject,
    describeSObjects,
    describeTabs,
    emptyRecycleBin,
    getDeleted,
    getUpdated,
    merge,
    query,
    queryAll,
    queryMore,
    retrieve,
    search,
    undelete,
    update,
    upsert,
  }),
)

/** Each of what it gives becomes one `result`. */
type SessionOperation = (asked: Asked) => Promise<readonly SoapRecord[]>

/** What the REST API has no resource for. */
const sessionOperations: ReadonlyMap<string, SessionOperation> = new Map<string, SessionOperation>([
  ['login', async (asked) => [await login(asked)]],
  ['logout', async (asked) => [await logout(asked)]],
  ['getUserInfo', async (asked) => [userInfo(asked, await callerOf(asked))]],
  ['getServerTimestamp', async ({ parts }) => [{ timestamp: isoTime(parts.clock.now()) }]],
])

async function login(asked: Asked): Promise<SoapRecord> {
  const { parts, context, call, version } = asked
  const { user, secret } = await parts.auth.grantToken({
    username: textOf(call.operation, 'username') ?? '',
    password: passwordOf(call),
    address: peerAddress(context),
    clientId: 'SOAP',
  })
  const base = baseUrl(context.req.raw, parts.publicUrl)
  const organization = parts.organization.id.slice(0, 15)
  return {
    metadataServerUrl: `${base}/services/Soap/m/${version}/${organization}`,
    passwordExpired: false,
    sandbox: false,
    serverUrl: `${base}/services/Soap/u/${version}/${organization}`,
    sessionId: secret,
    userId: user.id,
    userInfo: userInfo(asked, user),
  }
}

/** Blanks at its ends are part of a password. */
function passwordOf({ operation }: SoapCall): string {
  return operation.children.find(({ name }) => /(?:^|:)password$/.test(name))?.text ?? ''
}

async function logout(asked: Asked): Promise<SoapRecord> {
  await callerOf(asked)
  await asked.parts.auth.revoke(asked.call.sessionId ?? '')
  return {}
}

async function callerOf({ parts, call }: Asked): Promise<SignedInUser> {
  return parts.auth.user({ kind: 'token', secret: call.sessionId ?? '' })
}

function userInfo({ parts }: Asked, user: SignedInUser): SoapRecord {
  return {
    accessibilityMode: false,
    organizationId: parts.organization.id,
    organizationMultiCurrency: false,
    organizationName: parts.organization.name,
    sessionSecondsValid: parts.auth.securitySettings.current().sessionLifetimeMinutes * 60,
    userEmail: user.email,
    userFullName: user.name,
    userId: user.id,
    userLanguage: user.language,
    userLocale: user.locale,
    userName: user.username,
    userTimeZone: user.timeZone,
    userType: 'Standard',
    userUiSkin: 'Theme3',
  }
}

function isoTime(at: number): string {
  return new Date(at).toISOString()
}
