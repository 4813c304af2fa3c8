/** Chromium for the browser's suites: fresh profile, nothing but loopback. */
import {
  chromium,
  type Browser,
  type BrowserContext,
  type Locator,
  type Page,
} from 'playwright-core'
import { findChromium } from '../../../engine/cli/find-chromium.mjs'
import { administrator } from '../../support/server-process.ts'

export type { Locator, Page }

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

let opened: Promise<Browser> | undefined

/** One for all suites of a process, which ends it; what a suite opens in it is a profile of its own. */
export async function openBrowser(): Promise<Browser> {
  const known = await opened
  if (known?.isConnected() === true) return known
  opened = launch()
  return opened
}

async function launch(): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('no Chromium: name one in CHROMIUM_PATH')
  return chromium.launch({ executablePath, headless: true, args: flags })
}

export interface SeatOptions {
  readonly url: string
  readonly user?: { readonly username: string; readonly password: string }
  readonly dark?: boolean
  readonly width?: number
}

export interface Seat {
  readonly page: Page
  readonly context: BrowserContext
  /** Errors that the page reported; a test may demand that there are none. */
  readonly errors: readonly string[]
}

/** A signed-in person before an empty page. */
export async function takeSeat(browser: Browser, options: SeatOptions): Promise<Seat> {
  const width = options.width ?? 1440
  const context = await browser.newContext({
    viewport: { width, height: width < 600 ? 844 : 900 },
    colorScheme: options.dark === true ? 'dark' : 'light',
    locale: 'en-US',
    timezoneId: 'Europe/Berlin',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  await signIn(context, options)
  return { page, context, errors }
}

/** As the sign-in page does it, without drawing that page and the first one for each test anew. */
async function signIn(context: BrowserContext, { url, user }: SeatOptions): Promise<void> {
  const { username, password } = user ?? administrator
  const answer = await context.request.post(`${url}/services/fieldstone/v1/session`, {
    data: { username, password },
    headers: { 'X-Fieldstone-Request': '1' },
  })
  if (!answer.ok()) throw new Error(`sign-in: ${answer.status()} ${await answer.text()}`)
}
