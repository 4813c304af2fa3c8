/** Fresh databases on the test run's one PostgreSQL server. */
import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import pg from 'pg'

export interface FreshDatabase {
  readonly name: string
  readonly url: string
  drop(): Promise<void>
}

/** Asks the run's desk (see `global-setup.ts`), which starts the server when nobody did before. */
function askForServer(): Promise<string> {
  const desk = process.env['TEST_POSTGRES_DESK']
  if (desk === undefined) throw new Error('tests with PostgreSQL need test/support/global-setup.ts')
  return new Promise((resolve, reject) => {
    let text = ''
    connect(desk)
      .on('data', (chunk) => {
        text += chunk.toString()
      })
      .on('error', reject)
      .on('end', () => {
        const { url, problem } = JSON.parse(text) as { url?: string; problem?: string }
        if (url === undefined) reject(new Error(problem))
        else resolve(url)
      })
  })
}

let serverUrl: Promise<string> | undefined

/** The administrator's URL of the run's server. */
export function postgresUrl(): Promise<string> {
  serverUrl ??= askForServer()
  return serverUrl
}

/** Runs one statement as the administrator. */
export async function asAdministrator(text: string): Promise<void> {
  const client = new pg.Client({ connectionString: await postgresUrl() })
  await client.connect()
  try {
    await client.query(text)
  } finally {
    await client.end()
  }
}

/** An empty database of its own, in UTF-8; or a copy of one to which nobody is connected. */
export async function freshDatabase(template = 'template0'): Promise<FreshDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`
  await asAdministrator(`create database ${name} template ${template} encoding 'UTF8'`)
  const url = new URL(await postgresUrl())
  url.pathname = `/${name}`
  return {
    name,
    url: url.href,
    drop: () => asAdministrator(`drop database if exists ${name} with (force)`),
  }
}
