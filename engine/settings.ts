/** Settings from the environment: checked once, with a clear word about what is wrong. */
import { dirname, join, resolve } from 'node:path'
import type { MailSettings } from './automation/messages/mailer.ts'
import { limits } from './base/limits.ts'
import type { FileSettings } from './storage/files/open-files.ts'
import { isEmailAddress } from './fields/email.ts'

export interface Settings {
  readonly host: string
  readonly port: number
  readonly databaseUrl: string
  readonly metadataDir: string
  /** What a new organisation begins with; undefined for nothing. */
  readonly sampleData: 'financial-services' | undefined
  readonly administrator: { readonly username: string; readonly password: string | undefined }
  readonly encryptionKeyFile: string
  /** Where contents of files lie. */
  readonly files: FileSettings
  /** The address that people type, where it is not the server's own. */
  readonly publicUrl: string | undefined
  readonly logLevel: string
  /** Hosts that may be called though they are internal: by webhooks, and as identity providers. */
  readonly webhookHosts?: readonly string[]
  /** Where e-mails are handed over, and whose they are; without it they stay in the outbox. */
  readonly mail?: MailSettings | undefined
}

export type Environment = Readonly<Record<string, string | undefined>>

/** Settings that cannot be: every problem in one message. */
export class SettingsError extends Error {
  constructor(problems: readonly string[]) {
    super(`Wrong settings:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.name = 'SettingsError'
  }
}

const defaults = {
  host: '127.0.0.1',
  port: 4000,
  databaseUrl: 'sqlite:./data/fieldstone.db',
  metadataDir: './metadata',
  dataDir: './data',
  username: 'admin@fieldstone.local',
}

/** Refuses with a `SettingsError`. `home` is the folder that relative paths start from. */
export function readSettings(environment: Environment, home: string): Settings {
  const problems: string[] = []
  const given = (name: string): string | undefined => {
    const value = environment[name]?.trim()
    return value === '' ? undefined : value
  }
  const databaseUrl = readDatabase(given('DATABASE_URL'), home, problems)
  const settings: Settings = {
    host: given('HOST') ?? defaults.host,
    port: readPort(given('PORT'), problems),
    databaseUrl,
    metadataDir: resolve(home, given('METADATA_DIR') ?? defaults.metadataDir),
    sampleData: readSampleData(given('SAMPLE_DATA'), problems),
    administrator: {
      username: given('ADMIN_USERNAME') ?? defaults.username,
      password: readPassword(environment['ADMIN_PASSWORD'], problems),
    },
    encryptionKeyFile: resolve(home, given('ENCRYPTION_KEY_FILE') ?? keyFileBeside(databaseUrl)),
    files: readFiles(given, { home, databaseUrl, problems }),
    publicUrl: readPublicUrl(given('PUBLIC_URL'), problems),
    logLevel: readLogLevel(given('LOG_LEVEL'), problems),
    webhookHosts: (given('WEBHOOK_HOSTS') ?? '').split(/[\s,]+/).filter((host) => host !== ''),
    mail: readMail(given('SMTP_URL'), given('MAIL_FROM'), problems),
  }
  if (problems.length > 0) throw new SettingsError(problems)
  return settings
}

function readPort(text: string | undefined, problems: string[]): number {
  if (text === undefined) return defaults.port
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1
  if (port < 0 || port > 65_535) problems.push('PORT must be a number from 0 to 65535.')
  return port
}

/** A relative file is taken from the home folder, wherever the command was called. */
function readDatabase(text: string | undefined, home: string, problems: string[]): string {
  const url = text ?? defaults.databaseUrl
  if (/^postgres(?:ql)?:\/\/./.test(url)) return url
  const file = /^sqlite:(.+)$/.exec(url)?.[1]
  if (file !== undefined) return `sqlite:${resolve(home, file)}`
  // The value may hold a password and is not repeated.
  problems.push(
    'DATABASE_URL must be sqlite:<file> or postgres://<user>:<password>@<host>/<database>.',
  )
  return url
}

interface FilePlace {
  readonly home: string
  readonly databaseUrl: string
  readonly problems: string[]
}

/** A folder, or a bucket as s3://name/folder; keys and region come from the variables that all such tools read. */
function readFiles(
  given: (name: string) => string | undefined,
  { home, databaseUrl, problems }: FilePlace,
): FileSettings {
  const url = given('FILES_URL')
  const folder = resolve(home, given('FILES_DIR') ?? folderBeside(databaseUrl))
  if (url === undefined) return { folder }
  const [, bucket, path = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]+)(?:\/([\w./-]*))?$/.exec(url) ?? []
  if (bucket === undefined) {
    problems.push('FILES_URL must be s3://<bucket> or s3://<bucket>/<folder>.')
    return { folder }
  }
  const region = given('AWS_REGION') ?? 'us-east-1'
  const endpoint = given('AWS_ENDPOINT_URL_S3') ?? given('AWS_ENDPOINT_URL')
  const [accessKeyId, secretAccessKey] = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'].map(given)
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    problems.push('FILES_URL needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.')
    return { folder }
  }
  if (endpoint !== undefined && !/^https?:\/\/[^/]+$/.test(endpoint.replace(/\/$/, ''))) {
    problems.push('AWS_ENDPOINT_URL_S3 must be an address such as https://s3.example.com.')
  }
  const prefix = path === '' ? '' : `${path.replace(/\/+$/, '')}/`
  return {
    bucket: {
      endpoint: (endpoint ?? `https://s3.${region}.amazonaws.com`).replace(/\/$/, ''),
      bucket,
      prefix,
      region,
      accessKeyId,
      secretAccessKey,
    },
  }
}

function folderBeside(databaseUrl: string): string {
  const file = /^sqlite:(.+)$/.exec(databaseUrl)?.[1]
  return join(file === undefined ? defaults.dataDir : dirname(file), 'files')
}

/** Beside a database file; in the data folder for a database elsewhere. */
function keyFileBeside(databaseUrl: string): string {
  const file = /^sqlite:(.+)$/.exec(databaseUrl)?.[1]
  return join(file === undefined ? defaults.dataDir : dirname(file), 'encryption.key')
}

function readSampleData(
  text: string | undefined,
  problems: string[],
): 'financial-services' | undefined {
  if (text === undefined || text === 'financial-services') return 'financial-services'
  if (text !== 'none') problems.push('SAMPLE_DATA must be financial-services or none.')
  return undefined
}

/** Not trimmed: blanks may belong to it. */
function readPassword(text: string | undefined, problems: string[]): string | undefined {
  if (text === undefined || text === '') return undefined
  if (text.length < limits.passwordCharsMin) {
    problems.push(`ADMIN_PASSWORD needs at least ${limits.passwordCharsMin} characters.`)
  }
  return text
}

function readPublicUrl(text: string | undefined, problems: string[]): string | undefined {
  if (text === undefined) return undefined
  const isAddress = URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
  if (!isAddress) {
    problems.push('PUBLIC_URL must be an address such as https://crm.example.com.')
    return undefined
  }
  return new URL(text).origin
}

/** The sender is that of the server's account where nothing else is said. */
function readMail(
  url: string | undefined,
  from: string | undefined,
  problems: string[],
): MailSettings | undefined {
  if (url === undefined) return undefined
  const isAddress = URL.canParse(url) && /^smtps?:$/.test(new URL(url).protocol)
  // The value may hold a password and is not repeated.
  if (!isAddress)
    problems.push('SMTP_URL must be smtp:// or smtps://<user>:<password>@<host>:<port>.')
  const account = isAddress ? decodeURIComponent(new URL(url).username) : ''
  const sender = from ?? account
  if (!isEmailAddress(sender)) {
    problems.push('MAIL_FROM must be an e-mail address such as service@example.com.')
  }
  return { url, from: sender }
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

function readLogLevel(text: string | undefined, problems: string[]): string {
  if (text === undefined) return 'warn'
  if (!logLevels.includes(text)) problems.push(`LOG_LEVEL must be one of ${logLevels.join(', ')}.`)
  return text
}
