/** Settings: defaults, and a clear word about each one that cannot be. */
import { describe, expect, it } from 'vitest'
import { readSettings, SettingsError } from '../../engine/settings.ts'

const home = '/srv/fieldstone'

describe('readSettings', () => {
  it('has defaults for everything', () => {
    expect(readSettings({}, home)).toMatchObject({
      host: '127.0.0.1',
      port: 4000,
      databaseUrl: 'sqlite:/srv/fieldstone/data/fieldstone.db',
      metadataDir: '/srv/fieldstone/metadata',
      sampleData: 'financial-services',
      encryptionKeyFile: '/srv/fieldstone/data/encryption.key',
      administrator: { password: undefined },
    })
  })

  it('takes what is given', () => {
    const settings = readSettings(
      {
        PORT: '0',
        HOST: '0.0.0.0',
        DATABASE_URL: 'postgres://me:secret@db/org',
        SAMPLE_DATA: 'none',
        ADMIN_USERNAME: 'root@example.com',
        ADMIN_PASSWORD: ' with blanks ',
        PUBLIC_URL: 'https://crm.example.com/',
      },
      home,
    )
    expect(settings).toMatchObject({
      port: 0,
      host: '0.0.0.0',
      databaseUrl: 'postgres://me:secret@db/org',
      sampleData: undefined,
      administrator: { username: 'root@example.com', password: ' with blanks ' },
      publicUrl: 'https://crm.example.com',
    })
  })

  it('looks for the keys beside the database file', () => {
    const keyFile = (url: string) => readSettings({ DATABASE_URL: url }, home).encryptionKeyFile
    expect(keyFile('sqlite:/var/lib/org.db')).toBe('/var/lib/encryption.key')
    expect(keyFile('postgres://db/org')).toBe('/srv/fieldstone/data/encryption.key')
  })

  it('takes a folder or a bucket for files, and names what a bucket lacks', () => {
    const files = (given: Readonly<Record<string, string>>) => readSettings(given, home).files
    const keys = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' }
    expect(files({})).toEqual({ folder: '/srv/fieldstone/data/files' })
    expect(files({ DATABASE_URL: 'sqlite:/var/lib/org.db' })).toEqual({ folder: '/var/lib/files' })
    expect(files({ FILES_DIR: 'elsewhere' })).toEqual({ folder: '/srv/fieldstone/elsewhere' })
    const bucket = {
      ...{ bucket: 'org-files', prefix: 'live/', region: 'eu-central-1' },
      ...{ accessKeyId: 'id', secretAccessKey: 'secret' },
    }
    const url = { FILES_URL: 's3://org-files/live', AWS_REGION: 'eu-central-1', ...keys }
    const own = 'https://s3.eu-central-1.amazonaws.com'
    expect(files(url)).toEqual({ bucket: { ...bucket, endpoint: own } })
    const other = { ...url, AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9000/' }
    expect(files(other)).toEqual({ bucket: { ...bucket, endpoint: 'http://127.0.0.1:9000' } })
    expect(() => files({ ...keys, FILES_URL: 'https://x' })).toThrow(/FILES_URL must be s3:/)
    expect(() => files({ FILES_URL: 's3://org-files' })).toThrow(/AWS_ACCESS_KEY_ID/)
    const wrong = { ...url, AWS_ENDPOINT_URL_S3: 'ftp://x' }
    expect(() => files(wrong)).toThrow(/AWS_ENDPOINT_URL_S3/)
  })

  it.each([
    ['PORT', 'http'],
    ['PORT', '70000'],
    ['DATABASE_URL', 'mysql://root:hunter2@db/x'],
    ['SAMPLE_DATA', 'all'],
    ['ADMIN_PASSWORD', 'short'],
    ['PUBLIC_URL', 'javascript:alert(1)'],
    ['LOG_LEVEL', 'loud'],
  ])('refuses %s=%s and names the setting', (name, value) => {
    const read = (): unknown => readSettings({ [name]: value }, home)
    expect(read).toThrow(SettingsError)
    expect(read).toThrow(name)
  })

  it('names all problems at once and repeats no password', () => {
    const read = (): unknown =>
      readSettings({ PORT: 'x', DATABASE_URL: 'mysql://root:hunter2@db/x' }, home)
    expect(read).toThrow(/DATABASE_URL[^]*PORT/)
    expect(read).not.toThrow(/hunter2/)
  })
})
