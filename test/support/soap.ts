/** Envelopes for the partner's SOAP, as clients without a library send them. */
import type { Api, Ask, Told } from './api.ts'

export async function askPartner(
  api: Api,
  operation: string,
  as: Exclude<Ask['as'], undefined> = 'admin',
): Promise<Told> {
  const session =
    as === 'nobody'
      ? ''
      : `<se:SessionHeader><se:sessionId>${api.tokens[as]}</se:sessionId></se:SessionHeader>`
  return api.ask('POST', '/services/Soap/u/60.0', {
    body: `<se:Envelope xmlns:se="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><se:Header>${session}</se:Header><se:Body>${operation}</se:Body></se:Envelope>`,
    headers: { 'content-type': 'text/xml', soapaction: '""' },
  })
}

/** Texts of all elements of a name, in order. */
export function textsOf({ text }: Pick<Told, 'text'>, name: string): readonly string[] {
  return [...text.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(
    ([, found = '']) => found,
  )
}
