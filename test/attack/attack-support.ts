/** A storage that writes down what is sent to it, and short ways for the attack suites. */
import { chooseBindings, nothingTaken } from '../../engine/deploy/choose-bindings.ts'
import { compileModel } from '../../engine/model/compile-model.ts'
import { parseDeclarations } from '../../engine/model/parse-declarations.ts'
import type { Query, Storage, Transaction } from '../../engine/storage/storage.ts'
import { Refusal } from '../../engine/base/refusal.ts'

export interface StatementLog extends Storage {
  /** Statements since the last look. */
  take(): number
}

/** The storage itself, counted: proves that something was refused before any statement was sent. */
export function logStatements(inner: Storage): StatementLog {
  let sent = 0
  const counted = (tx: Transaction): Transaction => ({
    dialect: tx.dialect,
    read: (query: Query, holes) => {
      sent++
      return tx.read(query, holes)
    },
    run: (query: Query, holes) => {
      sent++
      return tx.run(query, holes)
    },
    afterCommit: (action) => tx.afterCommit(action),
    attempt: (work) => tx.attempt(work),
  })
  return {
    dialect: inner.dialect,
    read: (query, options) => {
      sent++
      return inner.read(query, options)
    },
    write: (work) => inner.write((tx) => work(counted(tx))),
    writeGrouped: (group, input) => {
      sent++
      return inner.writeGrouped(group, input)
    },
    runAlone: (query) => inner.runAlone(query),
    tables: () => inner.tables(),
    tableNames: () => inner.tableNames(),
    exclusive: (name, work) => inner.exclusive(name, work),
    notify: (channel, payload) => inner.notify(channel, payload),
    listen: (channel, onMessage) => inner.listen(channel, onMessage),
    health: () => inner.health(),
    close: () => inner.close(),
    take: () => {
      const count = sent
      sent = 0
      return count
    },
  }
}

/** A text as a literal of a query. */
export function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r')}'`
}

/** The refusal as it goes out, as text; anything but a refusal or a result is thrown. */
export async function answerOf(work: () => Promise<unknown>): Promise<string> {
  try {
    return `answered ${JSON.stringify(await work())}`
  } catch (error) {
    if (error instanceof Refusal) return JSON.stringify(error.problems)
    throw error
  }
}

/** All that is wrong with a metadata folder, by the reader or by the compiler. */
export function metadataProblems(
  files: readonly (readonly [path: string, text: string])[],
): string[] {
  const parsed = parseDeclarations(files.map(([path, text]) => ({ path, text })))
  if (parsed.problems.length > 0) return parsed.problems.map((problem) => problem.reason)
  const { declarations } = parsed
  const bindings = chooseBindings({ declarations, bindings: new Map(), taken: nothingTaken })
  return compileModel({ declarations, bindings, version: 1 }).problems.map((one) => one.reason)
}

export function objectFile(
  fullName: string,
  more: Readonly<Record<string, unknown>> = {},
): readonly [path: string, body: Readonly<Record<string, unknown>>] {
  return [
    `objects/${fullName}.json`,
    {
      fullName,
      label: fullName,
      pluralLabel: `${fullName}s`,
      nameField: { label: 'Name', type: 'Text' },
      sharingModel: 'ReadWrite',
      fields: [],
      ...more,
    },
  ]
}
