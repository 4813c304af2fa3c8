/** `fieldstone user add`: a person who can sign in. The password is made and shown once, or read from standard input. */
import { newestApiVersionText } from '../../base/api-versions.ts'
import { CliError } from '../cli-error.ts'
import type { Connection } from '../connection.ts'
import { exitCodes, type CliCommand, type CommandContext } from './command.ts'

const data = `/services/data/v${newestApiVersionText}`

export const userAddCommand: CliCommand = {
  name: 'user add',
  summary: 'make a user who can sign in',
  examples: [
    [
      'fieldstone user add ada@example.com --last-name Lovelace',
      'makes a password and prints it once',
    ],
    [
      'pass show ada | fieldstone user add ada@example.com --last-name Lovelace --password-stdin',
      'with a password of your own',
    ],
  ],
  configure: (command) => {
    command
      .argument('<username>', 'in the form of an e-mail address')
      .requiredOption('--last-name <name>', 'the family name')
      .option('--first-name <name>', 'the given name')
      .option('--email <address>', 'the e-mail address, where it is not the username')
      .option('--profile <name>', 'the profile', 'Standard User')
      .option('--time-zone <name>', 'the time zone', 'Europe/Berlin')
      .option('--language <code>', 'the language of the screens', 'en_US')
      .option('--password-stdin', 'read the password from standard input')
  },
  run: async (context) => {
    const { options, say } = context
    const given = options['passwordStdin'] === true ? await context.read('-') : undefined
    // The line's end belongs to the terminal, everything else to the password.
    const password = given?.replace(/\r?\n$/, '') ?? context.makeSecret()
    if (password === '') throw new CliError('No password came from standard input.')
    const connection = await context.connect()
    const id = await createUser(connection, context)
    const path = `${data}/sobjects/User/${id}/password`
    await connection.ask('POST', path, { NewPassword: password })
    const shown = given === undefined ? { password } : {}
    if (options['json'] === true) say(JSON.stringify({ id, ...shown }))
    else {
      say(`User ${context.arguments[0] ?? ''} is there: ${id}`)
      if (given === undefined) say(`Password, shown this once: ${password}`)
    }
    return exitCodes.done
  },
}

async function createUser(
  connection: Connection,
  { arguments: [username = ''], options }: CommandContext,
): Promise<string> {
  const text = (name: string): string | undefined =>
    typeof options[name] === 'string' ? options[name] : undefined
  const made = await connection.ask<{ readonly id: string }>('POST', `${data}/sobjects/User`, {
    Username: username,
    Email: text('email') ?? username,
    Alias: username.slice(0, 8),
    FirstName: text('firstName') ?? null,
    LastName: text('lastName'),
    IsActive: true,
    ProfileId: await profileId(connection, text('profile') ?? ''),
    TimeZoneSidKey: text('timeZone'),
    LocaleSidKey: text('language'),
    LanguageLocaleKey: text('language'),
  })
  return made.id
}

async function profileId(connection: Connection, name: string): Promise<string> {
  const quoted = name.replaceAll('\\', '\\\\').replaceAll("'", "\\'")
  const soql = `SELECT Id FROM Profile WHERE Name = '${quoted}'`
  const path = `${data}/query?q=${encodeURIComponent(soql)}`
  const { records } = await connection.ask<{
    readonly records: readonly { readonly Id: string }[]
  }>('GET', path)
  const [found] = records
  if (found === undefined) throw new CliError(`There is no profile ${name}.`)
  return found.Id
}
