/** SOAP of the partner: sign-in as older clients do it, with a session id that serves as bearer token everywhere, and what has no other way. */
import type { Context } from 'hono'
import { newestApiVersion, oldestApiVersion } from '../../base/api-versions.ts'
import { limits } from '../../base/limits.ts'
import { refuse } from '../../base/refusal.ts'
import { invalidSession, type SignedInUser } from '../../auth/auth.ts'
import type { AppParts } from '../app-parts.ts'
import { languageFor } from '../language-of.ts'
import { admissionBytes, readAdmittedBody } from '../read-body.ts'
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
import { merge, type PartnerChange } from '../soap/partner-changes.ts'
import { baseUrl } from './addresses.ts'
import { peerAddress } from './peer-address.ts'

type Parts = Pick<
  AppParts,
  | 'auth'
  | 'automation'
  | 'organization'
  | 'publicUrl'
  | 'clock'
  | 'log'
  | 'requestId'
  | 'deployer'
  | 'serving'
  | 'usage'
>

const namespace = 'urn:partner.soap.sforce.com'

export function soapPartnerRoutes(parts: Parts): readonly Route[] {
  const handle = (context: Context<Edge>): Promise<Response> =>
    answerSoap(parts, context.req.raw, async () => {
      const version = soapVersion(context.req.param('version'))
      const call = readEnvelope(
        await readAdmittedBody(context.req.raw, limits.requestBodyBytesMax, (start) =>
          admit(parts, start),
        ),
      )
      const operation = operations.get(call.name)
      if (operation === undefined) {
        throw refuse('INVALID_TYPE', `The operation ${call.name} is not offered here.`)
      }
      return soapAnswer(call.name, namespace, await operation({ parts, context, call, version }))
    })
  // Addresses of servers end with the organisation; the kind is that of the WSDL.
  return ['u', 'c'].flatMap((kind) => [
    publicRoute('POST', `/services/Soap/${kind}/:version`, handle),
    publicRoute('POST', `/services/Soap/${kind}/:version/:organization`, handle),
  ])
}

/** A message of a sign-in is small; more is read of those alone whom a session names. */
async function admit(parts: Parts, start: string): Promise<void> {
  if (Buffer.byteLength(start) < admissionBytes) return
  const secret = sessionWithin(start)
  if (secret === undefined) throw invalidSession()
  await parts.auth.user({ kind: 'token', secret })
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

/** Each of what it gives becomes one `result`. */
type Operation = (asked: Asked) => Promise<readonly SoapRecord[]>

const operations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['login', async (asked) => [await login(asked)]],
  ['logout', async (asked) => [await logout(asked)]],
  ['getUserInfo', async (asked) => [userInfo(asked, await callerOf(asked))]],
  ['getServerTimestamp', async ({ parts }) => [{ timestamp: isoTime(parts.clock.now()) }]],
  ['merge', changing(merge)],
])

/** By the rights of whom the session belongs to. */
function changing(change: PartnerChange): Operation {
  return async (asked) => {
    const { parts, context, call, version } = asked
    parts.usage.count()
    const user = await callerOf(asked)
    const credential = { kind: 'token', secret: call.sessionId ?? '' } as const
    const model = parts.deployer.store.current()
    const language = languageFor(context.req.raw, { user, credential }, model)
    const caller = user.caller('api', version, language)
    return change({ parts, operation: call.operation, caller })
  }
}

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
