/** `fieldstone query`: the records that a query finds, one JSON object in a line. */
import { newestApiVersionText } from '../../base/api-versions.ts'
import { exitCodes, type CliCommand } from './command.ts'

interface Page {
  readonly done: boolean
  readonly nextRecordsUrl?: string
  readonly records: readonly unknown[]
}

export const queryCommand: CliCommand = {
  name: 'query',
  summary: 'print the records that a SOQL query finds, one JSON object in a line',
  configure: (command) => {
    command.argument('<soql>', '"SELECT Id, Name FROM Account"')
  },
  run: async ({ arguments: [soql = ''], options, connect, say }) => {
    const connection = await connect()
    const found: unknown[] = []
    const data = `/services/data/v${newestApiVersionText}/query`
    let path: string | undefined = `${data}?q=${encodeURIComponent(soql)}`
    while (path !== undefined) {
      const page: Page = await connection.ask<Page>('GET', path)
      if (options['json'] === true) found.push(...page.records)
      else for (const record of page.records) say(JSON.stringify(record))
      path = page.nextRecordsUrl
    }
    if (options['json'] === true) say(JSON.stringify(found))
    return exitCodes.done
  },
}
