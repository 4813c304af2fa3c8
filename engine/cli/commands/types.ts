/** `fieldstone types`: the TypeScript types of an organisation, for programs that use the client. */
import { mkdir } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { writeFileWhole } from '../../deploy/folder.ts'
import { own } from '../../http/routes/addresses.ts'
import { exitCodes, type CliCommand } from './command.ts'

const usual = 'fieldstone.d.ts'

export const typesCommand: CliCommand = {
  name: 'types',
  summary: 'write the TypeScript types of the organisation; with --check exit code 1 when stale',
  explanation: `The file holds what the asker may see, and a hash of it in its first line: it changes when that does, and with
nothing else. Programs take it as: import type { Schema } from './fieldstone.d.ts', then connect<Schema>({ url, token })
of 'fieldstone/client'.`,
  examples: [
    ['fieldstone types', `writes ${usual}`],
    [
      'fieldstone types src/org.d.ts --check',
      'for a build: exit code 1 when the model has moved on',
    ],
    ['fieldstone types -', 'prints them'],
  ],
  configure: (command) => {
    command.argument('[file]', 'where to; "-" prints', usual)
    command.option(
      '--check',
      'write nothing; exit code 1 when the file is not as it would be written',
    )
  },
  run: async ({ arguments: [name = usual], options, connect, read, say }) => {
    const connection = await connect()
    const text = await connection.text(`${own}/types.d.ts`)
    const hash = /its hash is (\w+)/.exec(text)?.[1] ?? ''
    const told = (state: string, words: string): void =>
      say(options['json'] === true ? JSON.stringify({ file: name, hash, state }) : words)
    if (name === '-') {
      say(text.trimEnd())
      return exitCodes.done
    }
    const file = resolve(name)
    const isFresh = existsSync(file) && (await read(file)) === text
    if (isFresh) {
      told('current', `${name} is up to date (${hash}).`)
      return exitCodes.done
    }
    if (options['check'] === true) {
      told('stale', `${name} is not up to date: run fieldstone types ${name}`)
      return exitCodes.found
    }
    await mkdir(dirname(file), { recursive: true })
    await writeFileWhole(dirname(file), basename(file), text)
    told('written', `${name} is written (${hash}).`)
    return exitCodes.done
  },
}
