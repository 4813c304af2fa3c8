/** `fieldstone query`: the records that a query finds, one JSON object in a line. */
import { newestApiVersionText } from '../../base/api-versions.ts'
import { parseAside, printAside } from '../../records/exact-json.ts'
import { exitCodes, type CliCommand } from './command.ts'

interface Page {
  readonly nextRecordsUrl?: string
  readonly records: readonly unknown[]
}

export const queryCommand: CliCommand = {
  name: 'query',
  summary: 'print the records that a SOQL query finds, one JSON object in a line',
  examples: [
    ['fieldstone query "SELECT Name FROM Account LIMIT 5"', 'one record in a line'],
    ['fieldstone query "SELECT Id FROM Task" --json | jq length', 'a list for programs'],
  ],
  configure: (command) => {
    command.argument('<soql>', '"SELECT Id, Name FROM Account"')
  },
  run: async ({ arguments: [soql = ''], options, connect, say }) => {
    const connection = await connect()
    const found: string[] = []
    const data = `/services/data/v${newestApiVersionText}/query`
    let path: string | undefined = `${data}?q=${encodeURIComponent(soql)}`
    while (path !== undefined) {
      // Of our own server; a number with more digits than JavaScript has is printed as it came.
      const page = parseAside(await connection.text(path)) as Page
      const lines = page.records.map((record) => printAside(record))
      if (options['json'] === true) found.push(...lines)
      else for (const line of lines) say(line)
      path = page.nextRecordsUrl
    }
    if (options['json'] === true) say(`[${found.join(',')}]`)
    return exitCodes.done
  },
}
