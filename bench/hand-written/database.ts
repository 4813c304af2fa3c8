/** A thin promise layer over the driver: one connection, statements prepared once. */
import sqlite3 from 'sqlite3'

export type Value = string | number | null
export type Row = Readonly<Record<string, Value>>

export interface Connection {
  exec(script: string): Promise<void>
  /** Prepares at the first call and keeps the statement. */
  all(text: string, values: readonly Value[]): Promise<readonly Row[]>
  run(text: string, values: readonly Value[]): Promise<void>
}

export function openConnection(file: string, setup: string): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const database = new sqlite3.Database(file, (error) => {
      if (error !== null) return reject(error)
      database.configure('busyTimeout', 10_000)
      const connection = connectionOver(database)
      connection.exec(setup).then(() => resolve(connection), reject)
    })
  })
}

function connectionOver(database: sqlite3.Database): Connection {
  const statements = new Map<string, sqlite3.Statement>()
  const statementOf = (text: string): sqlite3.Statement => {
    const known = statements.get(text)
    if (known !== undefined) return known
    // The driver itself queues calls until the statement is prepared.
    const made = database.prepare(text)
    statements.set(text, made)
    return made
  }
  return {
    exec: (script) =>
      new Promise((resolve, reject) => {
        database.exec(script, (error) => (error === null ? resolve() : reject(error)))
      }),
    all: (text, values) =>
      new Promise((resolve, reject) => {
        statementOf(text).all<Row>(values, (error, rows) =>
          error === null ? resolve(rows) : reject(error),
        )
      }),
    run: (text, values) =>
      new Promise((resolve, reject) => {
        statementOf(text).run(values, (error: Error | null) =>
          error === null ? resolve() : reject(error),
        )
      }),
  }
}
