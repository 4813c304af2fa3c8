/** Imports as the command line follows them: waits for the end of a step and says what came of it. */
import { setTimeout as pause } from 'node:timers/promises'
import { own } from '../http/routes/addresses.ts'
import type { CommandContext } from './commands/command.ts'
import type { Connection } from './connection.ts'

export interface ToldImport {
  readonly id: string
  readonly state: string
  readonly rows: number
  readonly processed: number
  readonly created: number
  readonly changed: number
  readonly refused: number
  readonly error: string
  readonly columns: readonly string[]
  readonly settings: { readonly mapping: readonly (string | null)[] } | null
  readonly undo: {
    readonly state: string
    readonly rows: number
    readonly processed: number
    readonly refused: number
    readonly error: string
  } | null
}

export const importsPath = `${own}/imports`
const pauseMs = 150

/** Asks until nothing of it is at work any more. */
export async function waitForImport(
  { progress }: Pick<CommandContext, 'progress'>,
  connection: Connection,
  id: string,
): Promise<ToldImport> {
  for (;;) {
    const told = await connection.ask<ToldImport>('GET', `${importsPath}/${id}`)
    const { processed, rows, refused } = told.undo ?? told
    const isAtWork = ['rehearsing', 'running'].includes(told.undo?.state ?? told.state)
    if (!isAtWork) return told
    progress(`${processed} of ${rows} rows, ${refused} refused`)
    await pause(pauseMs)
  }
}

interface ToldRow {
  readonly row: number
  readonly problems: readonly {
    readonly errorCode: string
    readonly message: string
    readonly fields: readonly string[]
  }[]
}

export interface ToldRows {
  readonly rows: readonly ToldRow[]
  readonly next: number | null
}

const shownMax = 20

/** The first refused rows, in words. */
export async function refusedLines(
  connection: Connection,
  id: string,
  of: 'import' | 'undo',
): Promise<readonly string[]> {
  const path = `${importsPath}/${id}/rows?verdict=refused&of=${of}&max=${shownMax}`
  const found: ToldRow[] = []
  let next: number | null = 0
  while (next !== null && found.length < shownMax) {
    const page: ToldRows = await connection.ask<ToldRows>('GET', `${path}&from=${next}`)
    found.push(...page.rows)
    next = page.next
  }
  return found.slice(0, shownMax).map(({ row, problems }) => {
    const words = problems.map(({ errorCode, message, fields }) => {
      const where = fields.length === 0 ? '' : ` (${fields.join(', ')})`
      return `${errorCode}: ${message}${where}`
    })
    return `Row ${row}: ${words.join('; ')}`
  })
}
