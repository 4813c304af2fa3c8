/** A real OpenID provider on a port of its own; whoever `person` names signs in there without being asked. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider, type Configuration } from 'oidc-provider'

export interface Person {
  readonly sub: string
  readonly email: string
  readonly email_verified?: boolean
  readonly given_name?: string
  readonly family_name?: string
}

export interface TestProvider {
  readonly issuer: string
  /** From the address that we send people to, to the one that they come back to. */
  visit(address: string, person: Person): Promise<string>
  close(): Promise<void>
}

export const client = { id: 'fieldstone', secret: 'the secret of the client 1' }

export async function startProvider(callback: string): Promise<TestProvider> {
  const people = new Map<string, Person>()
  let next = ''
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, configuration(callback, people))
  const answer = provider.callback()
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/interaction/') !== true) return void answer(request, response)
    const result = { login: { accountId: next } }
    provider.interactionFinished(request, response, result).catch(() => response.destroy())
  })
  return {
    issuer,
    visit: async (address, person) => {
      people.set(person.sub, person)
      next = person.sub
      return follow(address, issuer)
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

/** As a browser does: with the cookies of the provider, until it is left. */
async function follow(from: string, issuer: string): Promise<string> {
  const cookies = new Map<string, string>()
  let address = from
  while (address.startsWith(issuer)) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(address, { headers: { cookie }, redirect: 'manual' })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    const to = answer.headers.get('location')
    if (to === null) throw new Error(`the provider stays at ${address}: ${await answer.text()}`)
    address = new URL(to, address).href
  }
  return address
}

function configuration(callback: string, people: ReadonlyMap<string, Person>): Configuration {
  return {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [callback],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['given_name', 'family_name'],
    },
    cookies: { keys: ['a key of the provider'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_context, id) => {
      const person = people.get(id)
      return person && { accountId: id, claims: () => ({ ...person }) }
    },
    // Nobody is asked whether he agrees.
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({
        accountId: oidc.session?.accountId ?? '',
        clientId: oidc.client?.clientId ?? '',
      })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
    pkce: { required: () => true },
  }
}
