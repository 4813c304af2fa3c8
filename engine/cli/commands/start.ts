/** `fieldstone start`: this process becomes the server, as with `npm start`. */
import { CliError } from '../cli-error.ts'
import { exitCodes, type CliCommand } from './command.ts'

export const startCommand: CliCommand = {
  name: 'start',
  summary: 'run the server until it is stopped',
  explanation: `The same server as npm start, which also installs and builds what is missing. Settings come from the
environment: DATABASE_URL, METADATA_DIR, PORT, HOST, ADMIN_PASSWORD and more (see the README). One server has a SQLite
file at a time; several may work on one PostgreSQL database. It ends in order on SIGTERM and SIGINT.`,
  examples: [
    ['fieldstone start', 'serves at http://localhost:4000'],
    ['fieldstone start --port 8080', 'another port'],
  ],
  local: true,
  configure: (command) => {
    command.option('--port <number>', 'where it listens (or PORT)')
    command.option('--host <address>', 'on which address (or HOST)')
  },
  run: async ({ options, serve }) => {
    const { port, host } = options
    if (typeof port === 'string' && !/^\d{1,5}$/.test(port)) {
      throw new CliError('--port must be a number from 0 to 65535.')
    }
    await serve({
      ...(typeof port === 'string' ? { PORT: port } : {}),
      ...(typeof host === 'string' ? { HOST: host } : {}),
    })
    return exitCodes.done
  },
}
