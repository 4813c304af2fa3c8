/** Programs that may ask for tokens: those known from the start, and connected apps of the metadata. */
import { hash, timingSafeEqual } from 'node:crypto'
import type { ConnectedApp } from '../../../metadata/types.ts'
import type { Clock, RandomBytes } from '../../base/clock.ts'
import { stockClients } from '../../base/stock-clients.ts'
import { clientIdOf } from '../../model/check-connected-app.ts'
import type { Model } from '../../model/model.ts'
import { sql } from '../../sql/sql.ts'
import type { Storage } from '../../storage/storage.ts'
import { hashSecret, newSessionSecret } from '../secrets.ts'
import { allowedScopes } from './scopes.ts'

export interface Client {
  /** As it stands in requests. */
  readonly id: string
  readonly label: string
  /** Where codes may be sent. */
  readonly callbacks: readonly string[]
  /** What it may ask for; undefined for everything. */
  readonly scopes: readonly string[] | undefined
  /** Nothing of it is secret: it proves itself by the code challenge alone. */
  readonly isPublic: boolean
  readonly isPkceRequired: boolean
  /** An administrator has agreed for everybody. */
  readonly isAdminApproved: boolean
  /** Every refresh gives a new refresh token and ends the old one. */
  readonly rotatesRefreshTokens: boolean
  /** Whoever it is when it acts for itself. */
  readonly runsAs: string | undefined
  /** Permission sets beyond which it has no right; undefined for all rights of whoever it acts for. */
  readonly restrictingPermissionSets: readonly string[] | undefined
  /** PEM of the certificate or public key that signs its assertions. */
  readonly certificate: string | undefined
}

const knownClients: ReadonlyMap<string, Client> = new Map(
  [...stockClients].map(([id, label]) => [
    id,
    {
      id,
      label,
      callbacks: ['http://localhost:1717/OauthRedirect'],
      scopes: undefined,
      isPublic: true,
      isPkceRequired: true,
      isAdminApproved: false,
      // These programs keep the first refresh token for good.
      rotatesRefreshTokens: false,
      runsAs: undefined,
      restrictingPermissionSets: undefined,
      certificate: undefined,
    },
  ]),
)

/** Undefined when no program has this id. */
export function clientOf(model: Model, id: string): Client | undefined {
  const known = knownClients.get(id)
  if (known !== undefined) return known
  for (const { body } of model.components('ConnectedApp')) {
    if (body.oauthConfig !== undefined && clientIdOf(body) === id) {
      return connectedClient(id, body, body.oauthConfig)
    }
  }
  return undefined
}

function connectedClient(
  id: string,
  app: ConnectedApp,
  config: NonNullable<ConnectedApp['oauthConfig']>,
): Client {
  return {
    id,
    label: app.label ?? app.fullName,
    callbacks: (config.callbackUrl ?? '').split(/\s+/).filter((url) => url !== ''),
    scopes: allowedScopes(config.scopes),
    isPublic: config.isConsumerSecretOptional === true,
    isPkceRequired: config.isPkceRequired === true,
    isAdminApproved: config.isAdminApproved === true,
    rotatesRefreshTokens: config.isRefreshTokenRotationEnabled === true,
    runsAs:
      config.isClientCredentialEnabled === true ? config.oauthClientCredentialUser : undefined,
    restrictingPermissionSets: app.restrictingPermissionSets,
    certificate: config.certificate,
  }
}

const forbiddenSchemes: ReadonlySet<string> = new Set([
  'javascript:',
  'data:',
  'vbscript:',
  'file:',
  'blob:',
  'about:',
])

const loopback: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Exactly as registered; on the asker's own machine the port is free. */
export function isCallback(client: Client, asked: string): boolean {
  const url = URL.canParse(asked) ? new URL(asked) : undefined
  if (url === undefined || forbiddenSchemes.has(url.protocol) || asked.includes('#')) return false
  if (client.callbacks.includes(asked)) return true
  if (!isLocal(url) || url.username !== '' || url.password !== '') return false
  return client.callbacks.some((callback) => {
    const known = URL.canParse(callback) ? new URL(callback) : undefined
    return (
      known !== undefined &&
      isLocal(known) &&
      known.hostname === url.hostname &&
      known.pathname === url.pathname &&
      known.search === url.search
    )
  })
}

function isLocal(url: URL): boolean {
  return url.protocol === 'http:' && loopback.has(url.hostname)
}

export interface ClientSecrets {
  /** A new secret in place of any other; shown this once. */
  renew(client: string): Promise<string>
  matches(client: string, secret: string): Promise<boolean>
}

export function createClientSecrets(parts: {
  readonly storage: Storage
  readonly clock: Clock
  readonly randomBytes: RandomBytes
}): ClientSecrets {
  const { storage, clock, randomBytes } = parts
  const { dialect } = storage
  const text = (value: string) => dialect.bound({ kind: 'text' }, value)
  return {
    renew: async (client) => {
      const secret = newSessionSecret(randomBytes)
      const changedAt = dialect.bound({ kind: 'instant' }, clock.now())
      await storage.write((tx) =>
        tx.run(sql`
          insert into fs_client_secret (client, secret_hash, changed_at)
          values (${text(client)}, ${text(hashSecret(secret))}, ${changedAt})
          on conflict (client) do update set
            secret_hash = excluded.secret_hash, changed_at = excluded.changed_at`),
      )
      return secret
    },
    matches: async (client, secret) => {
      const [row] = await storage.read(
        sql`select secret_hash from fs_client_secret where client = ${text(client)}`,
      )
      return row !== undefined && sameText(String(row['secret_hash']), hashSecret(secret))
    },
  }
}

/** In a time that does not tell how far both agree. */
export function sameText(a: string, b: string): boolean {
  return timingSafeEqual(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'))
}
