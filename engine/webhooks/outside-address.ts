/** Which addresses the server may call for others: those of the public internet, and hosts that its settings name. */
import { lookup, type LookupAddress } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** What an address of ours must not reach: loopback, private and local networks, and all that is not for one host. */
const forbidden = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  forbidden.addSubnet(network, bits, 'ipv4')
}
// Of the global range: what carries an IPv4 address inside it (Teredo, 6to4), and examples.
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  forbidden.addSubnet(network, bits, 'ipv6')
}

const global = new BlockList()
global.addSubnet('2000::', 3, 'ipv6')

export function isOutside(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !forbidden.check(address, 'ipv4')
  // Mapped, translated, local and compatible addresses all lie beyond the global range.
  return family === 6 && global.check(address, 'ipv6') && !forbidden.check(address, 'ipv6')
}

/** Why the address cannot be called, before anything is looked up; `hosts` are those that settings open. */
export function addressProblem(url: URL, hosts: readonly string[]): string | undefined {
  if (isNamed(url, hosts)) return undefined
  if (url.protocol !== 'https:') return 'only https addresses are called'
  if (url.username !== '' || url.password !== '') return 'the address holds a password'
  const literal = url.hostname.replace(/^\[|\]$/g, '')
  return isIP(literal) !== 0 && !isOutside(literal) ? internal : undefined
}

export function isNamed(url: URL, hosts: readonly string[]): boolean {
  return hosts.includes(url.host) || hosts.includes(url.hostname)
}

const internal = 'internal addresses are not called'

/** Looks a name up for the connection itself: what it names at that moment is checked, and nothing else is called. */
export const lookupOutside: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const [first] = addresses ?? []
    if (error !== null || first === undefined) {
      callback(error ?? new Error('the name leads nowhere'), '', 0)
    } else if (addresses.some(({ address }) => !isOutside(address))) {
      callback(new Error(internal), '', 0)
    } else if (options.all === true) callback(null, addresses)
    else callback(null, first.address, first.family)
  })
}
