/** Short ways to work with the records of the test organisation. */
import { expect } from 'vitest'
import { Refusal } from '../../../engine/base/refusal.ts'
import type { Caller } from '../../../engine/records/records.ts'
import { body, type Organisation } from '../../support/organisation.ts'

export type Json = Record<string, unknown>

export interface Desk {
  create(object: string, values: Json, as?: Caller): Promise<string>
  update(object: string, id: string, values: Json, as?: Caller): Promise<void>
  /** The record's values without its attributes. */
  read(object: string, id: string, fields?: readonly string[], as?: Caller): Promise<Json>
  /** The first page's records without their attributes. */
  query(soql: string, as?: Caller): Promise<Json[]>
  /** Values of one field, in the order of the query. */
  column(soql: string, field?: string, as?: Caller): Promise<unknown[]>
  /** Every page to the end; `between` runs after each page. */
  pages(soql: string, options: PagesOptions): Promise<readonly Json[][]>
}

export interface PagesOptions {
  readonly pageRows: number
  readonly as?: Caller
  readonly between?: (page: number) => Promise<void>
}

export function deskOf(organisation: () => Organisation): Desk {
  const admin = (): Caller => organisation().admin
  const records = (): Organisation['records'] => organisation().records
  const desk: Desk = {
    create: async (object, values, as = admin()) =>
      (await records().create(as, object, body(values))).id,
    update: async (object, id, values, as = admin()) => {
      await records().update(as, object, id, body(values))
    },
    read: async (object, id, fields, as = admin()) =>
      plain(JSON.parse((await records().retrieve(as, object, id, fields)).text) as Json),
    query: async (soql, as = admin()) => recordsOf((await records().query(as, soql)).text),
    column: async (soql, field = 'Name', as = admin()) =>
      (await desk.query(soql, as)).map((row) => row[field]),
    pages: async (soql, { pageRows, as = admin(), between }) => {
      const pages: Json[][] = []
      let { text } = await records().query(as, soql, { pageRows })
      for (;;) {
        pages.push(recordsOf(text))
        const locator = locatorOf(text)
        if (locator === undefined) return pages
        await between?.(pages.length)
        text = (await records().queryMore(as, locator)).text
      }
    },
  }
  return desk
}

export function recordsOf(text: string): Json[] {
  const { records } = JSON.parse(text) as { records: Json[] }
  return records.map(plain)
}

export function locatorOf(text: string): string | undefined {
  const { nextRecordsUrl } = JSON.parse(text) as { nextRecordsUrl?: string }
  return nextRecordsUrl?.split('/').at(-1)
}

function plain(record: Json): Json {
  const { attributes: _, ...values } = record
  return values
}

/** The refusal of the work; anything else fails the test. */
export async function refusal(work: Promise<unknown>): Promise<Refusal> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof Refusal) return error
  expect.fail(`expected a refusal, got ${error instanceof Error ? error.stack : String(error)}`)
}

export function problemsOf(error: Refusal): readonly (readonly [string, string])[] {
  return error.problems.map((problem) => [problem.errorCode, problem.fields.join()] as const)
}
