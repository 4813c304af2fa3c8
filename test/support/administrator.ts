/** Short words for what suites ask as the administrator; whatever is refused fails the test. */
import { expect } from 'vitest'
import type { Api, Json } from './api.ts'

const sobjects = '/services/data/v67.0/sobjects'
const query = '/services/data/v67.0/query'

export interface Administrator {
  ask(method: string, path: string, body?: unknown): Promise<Json>
  /** The id of a new record; somebody else may make it. */
  make(object: string, values: unknown, as?: 'admin' | 'rep'): Promise<string>
  update(object: string, id: string, values: unknown): Promise<Json>
  remove(object: string, id: string): Promise<Json>
  read(object: string, id: string): Promise<Json>
  /** Of the first record that meets the condition. */
  idOf(object: string, where: string): Promise<string>
}

/** `api` is asked for with each request: suites open it when they begin. */
export function administratorOf(api: () => Api): Administrator {
  const told = async (
    as: 'admin' | 'rep',
    [method, path]: readonly [string, string],
    body?: unknown,
  ): Promise<Json> => {
    const { status, text, json } = await api().ask(method, path, { as, body })
    expect(status, `${method} ${path} ${text}`).toBeLessThan(300)
    return json
  }
  const ask: Administrator['ask'] = (method, path, body) => told('admin', [method, path], body)
  return {
    ask,
    make: async (object, values, as = 'admin') =>
      String((await told(as, ['POST', `${sobjects}/${object}`], values))['id']),
    update: (object, id, values) => ask('PATCH', `${sobjects}/${object}/${id}`, values),
    remove: (object, id) => ask('DELETE', `${sobjects}/${object}/${id}`),
    read: (object, id) => ask('GET', `${sobjects}/${object}/${id}`),
    idOf: async (object, where) => {
      const soql = encodeURIComponent(`SELECT Id FROM ${object} WHERE ${where}`)
      return String((await ask('GET', `${query}?q=${soql}`))['records']?.[0]?.['Id'])
    },
  }
}
