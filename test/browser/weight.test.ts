/** What a first visit loads: no page over 250 kB, compressed. */
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { useDesk } from './support/desk.ts'

const firstLoadBytesMax = 250_000

const pages = [
  '/app/Collections/home',
  '/app/Collections/CollectionPlan/list/All_Collection_Plans',
  '/app/Collections/CollectionPlan/new',
  '/setup/objects',
  '/setup/objects/CollectionPlan/fields/new',
  '/setup/objects/CollectionPlan/validation-rules',
  '/setup/objects/CollectionPlan/record-types',
  '/setup/value-sets',
]

describe('a first visit', () => {
  const desk = useDesk()

  it.each(pages)('of %s loads at most 250 kB', async (path) => {
    const seat = await desk.sit()
    const page = await seat.context.newPage()
    const session = await seat.context.newCDPSession(page)
    await session.send('Network.setCacheDisabled', { cacheDisabled: true })
    const sizes = new Map<string, Promise<number>>()
    page.on('response', (response) => {
      const { pathname } = new URL(response.url())
      if (pathname.startsWith('/services/')) return
      sizes.set(
        pathname,
        response.body().then((body) => gzipSync(body).length),
      )
    })
    await page.goto(desk.url + path)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await page.waitForTimeout(1_000)
    const total = (await Promise.all(sizes.values())).reduce((sum, size) => sum + size, 0)
    expect(sizes.size).toBeGreaterThan(1)
    expect(total).toBeLessThanOrEqual(firstLoadBytesMax)
  })
})
