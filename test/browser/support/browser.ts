/** Chromium for the browser's suites: fresh profile, nothing but loopback. */
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { findChromium } from '../../../engine/cli/find-chromium.mjs'
import { administrator } from '../../support/server-process.ts'

export type { Page }

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export async function openBrowser(): Promise<Browser> {
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

/** A signed-in person at a screen. */
export async function takeSeat(browser: Browser, options: SeatOptions): Promise<Seat> {
  const width = options.width ?? 1440
  const context = await browser.newContext({
    viewport: { width, height: width < 600 ? 844 : 900 },
    colorScheme: options.dark === true ? 'dark' : 'light',
    locale: 'en-US',
    timezoneId: 'Europe/Berlin',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  const user = options.user ?? administrator
  await page.goto(`${options.url}/login`)
  await page.getByLabel('User name', { exact: true }).fill(user.username)
  await page.getByLabel('Password').fill(user.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((url) => url.pathname !== '/login')
  return { page, context, errors }
}
