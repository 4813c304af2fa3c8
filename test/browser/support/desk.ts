/** What a suite of the browser stands on: a server of its own, Chromium, and people who sit down at a screen. */
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import {
  call,
  startReadyServer,
  startServerProcess,
  tokenOf,
} from '../../support/server-process.ts'
import type { ServerProcess } from '../../support/server-process.ts'
import { openBrowser, takeSeat, type Seat, type SeatOptions } from './browser.ts'

export interface SeatWishes extends Omit<SeatOptions, 'url'> {
  /** The test fails where the page reported errors, other than that nobody was signed in. */
  readonly clean?: boolean
}

export interface Desk {
  readonly url: string
  readonly server: ServerProcess
  readonly token: string
  /** Asks the API as the administrator. */
  call<Body>(request: {
    readonly method?: string
    readonly path: string
    readonly body?: unknown
    readonly headers?: Readonly<Record<string, string>>
  }): Promise<{ readonly status: number; readonly body: Body }>
  /** What a query gives the administrator. */
  rows<Row>(soql: string): Promise<readonly Row[]>
  /** A signed-in person at a screen, until the test ends. */
  sit(wishes?: SeatWishes): Promise<Seat>
  /** The same for several tests; the suite's end closes it. */
  sitDown(wishes?: SeatWishes): Promise<Seat>
  /** Ends the server at once and starts it again on its data. */
  crash(): Promise<void>
}

/** Opens before the suite that calls it, closes after it. */
export function useDesk(start: () => Promise<ServerProcess> = startReadyServer): Desk {
  let server: ServerProcess
  let browser: Browser
  let token: string
  const everybody: Seat[] = []
  const seats: Seat[] = []
  const clean: Seat[] = []

  beforeAll(async () => {
    server = await start()
    browser = await openBrowser()
    token = await tokenOf(server.url)
  })
  afterEach(async ({ task }) => {
    const [failure] = task.result?.errors ?? []
    if (failure) {
      const screens = await screensOf(seats)
      failure.message += screens
      failure.stack = `${failure.stack ?? ''}${screens}`
    }
    const errors = clean.splice(0).flatMap((seat) => seat.errors)
    for (const seat of seats.splice(0)) await seat.context.close()
    expect(errors.filter((error) => !error.includes('401'))).toEqual([])
  })
  afterAll(async () => {
    for (const seat of everybody) await seat.context.close()
    await server?.remove()
  })

  const sitDown = async (wishes: SeatWishes = {}): Promise<Seat> => {
    const seat = await takeSeat(browser, { ...wishes, url: server.url })
    everybody.push(seat)
    return seat
  }
  return {
    get url() {
      return server.url
    },
    get server() {
      return server
    },
    get token() {
      return token
    },
    call: (request) => call(server.url, token, request),
    async rows<Row>(soql: string) {
      const path = `/services/data/v67.0/query?q=${encodeURIComponent(soql)}`
      const { status, body } = await call<{ records: readonly Row[] }>(server.url, token, { path })
      if (status !== 200) throw new Error(`${soql}: ${JSON.stringify(body)}`)
      return body.records
    },
    sitDown,
    async sit(wishes) {
      const seat = await sitDown(wishes)
      seats.push(seat)
      if (wishes?.clean === true) clean.push(seat)
      return seat
    },
    async crash() {
      await server.stop('SIGKILL')
      server = await startServerProcess({ folder: server.folder })
      token = await tokenOf(server.url)
    },
  }
}

/** What stood on the screens when a test failed: nobody can look at them afterwards. */
async function screensOf(seats: readonly Seat[]): Promise<string> {
  const shown = seats.map(async ({ page }) => {
    const content = await page.locator('body').ariaSnapshot({ timeout: 10_000 })
    return `\n--- ${new URL(page.url()).pathname}\n${content}`
  })
  const told = await Promise.allSettled(shown)
  return told.map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason))).join('')
}
