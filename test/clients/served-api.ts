/** The whole engine behind a real port, for clients that are programs of others. */
import { pino } from 'pino'
import { startServer } from '../../engine/http/server.ts'
import { openApi, type Api, type ApiOptions } from '../support/api.ts'
import type { TestDatabase } from '../support/databases.ts'

export interface ServedApi extends Api {
  readonly url: string
}

export async function serveApi(
  database: TestDatabase,
  options: ApiOptions = {},
): Promise<ServedApi> {
  const api = await openApi(database, options)
  const log = pino({ level: 'silent' })
  const server = await startServer(api.engine.app, { host: '127.0.0.1', port: 0, log })
  const close = async (): Promise<void> => {
    await server.stop()
    await api.close()
  }
  return { ...api, url: `http://127.0.0.1:${server.port}`, close }
}
