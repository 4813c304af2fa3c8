/** Where webhooks may go: the public internet, and hosts that the settings name. */
import { describe, expect, it } from 'vitest'
import {
  addressProblem,
  isOutside,
  lookupOutside,
} from '../../../engine/webhooks/outside-address.ts'

describe('addresses of webhooks', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.255.255',
    '192.168.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:0:7f00:1::',
    'fe80::1',
    'fc00::1',
    'fd12:3456::1',
    'ff02::1',
    'localhost',
    '',
  ])('%s is not outside', (address) => expect(isOutside(address)).toBe(false))

  it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450:4001::1'])(
    '%s is outside',
    (address) => expect(isOutside(address)).toBe(true),
  )

  it.each([
    'https://127.1/x',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::1]:8443/',
    'http://example.com/',
    'ftp://example.com/',
    'https://user:word@example.com/',
  ])('%s is refused in whatever way it is written', (url) =>
    expect(addressProblem(new URL(url), [])).toBeDefined(),
  )

  it('a host that the settings name is called wherever it is', () => {
    const url = new URL('http://127.0.0.1:8080/')
    expect(addressProblem(url, ['127.0.0.1:8080'])).toBeUndefined()
    expect(addressProblem(url, ['127.0.0.1:9090'])).toBeDefined()
    expect(addressProblem(new URL('https://example.com/'), [])).toBeUndefined()
  })

  it('a name is checked when the connection looks it up', async () => {
    const found = new Promise<unknown>((resolve) => {
      lookupOutside('localhost', { all: true }, (error) => resolve(error?.message))
    })
    expect(await found).toBe('internal addresses are not called')
  })
})
