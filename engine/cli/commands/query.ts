/** `fieldstone query`: the records that a query finds, one JSON object in a line. */
import { printAside } from '../../records/exact-json.ts'
import { allRecords } from '../query-records.ts'
import { exitCodes, type CliCommand } from './command.ts'

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
    for await (const record of allRecords(connection, soql)) {
      if (options['json'] === true) found.push(printAside(record))
      else say(printAside(record))
    }
    if (options['json'] === true) say(`[${found.join(',')}]`)
    return exitCodes.done
  },
}
