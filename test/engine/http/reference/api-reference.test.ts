/** The page of all addresses is what the routes are: none is missing, none is there that has gone. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import {
  apiReference,
  listedRoutes,
  routeKey,
  routeWords,
} from '../../../../engine/http/reference/api-reference.ts'

const folder = new URL('../../../../', import.meta.url)
const words = new Map([...routeWords.values()].flatMap((some) => [...some]))

it('every route has its line of words, and every line its route', () => {
  const routes = listedRoutes().map(routeKey)
  const advice = 'give the route a line in engine/http/reference/route-words.json'
  expect(
    routes.filter((key) => !words.has(key)),
    advice,
  ).toEqual([])
  expect(
    [...words.keys()].filter((key) => !routes.includes(key)),
    'the route has gone: so goes its line',
  ).toEqual([])
})

it('what is read after the question mark is told, and nothing else', () => {
  const files = readdirSync(fileURLToPath(new URL('engine/http', folder)), { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.ts'))
  const source = files
    .map((name) => readFileSync(new URL(`engine/http/${name}`, folder), 'utf8'))
    .join('\n')
  const read = [...source.matchAll(/\.query\('(\w+)'\)/g)].map(([, name = '']) => name)
  const told = new Set([...words.values()].flatMap(({ query = {} }) => Object.keys(query)))
  expect([...new Set(read)].filter((name) => !told.has(name))).toEqual([])
  expect([...told].filter((name) => !source.includes(`'${name}'`))).toEqual([])
})

it('docs/api.md is what they say', () => {
  const page = readFileSync(new URL('docs/api.md', folder), 'utf8')
  expect(page, 'run `npm run docs`').toBe(apiReference())
})
