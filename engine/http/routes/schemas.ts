/** For those who write programs: types and an OpenAPI document of what they may see, no more. */
import { LRUCache } from 'lru-cache'
import { limits } from '../../base/limits.ts'
import { hashOf } from '../../deploy/component-store.ts'
import { openApi } from '../../query/schema/open-api.ts'
import { typesText } from '../../query/schema/types-text.ts'
import { visibleSchema } from '../../query/schema/visible-schema.ts'
import type { AppParts } from '../app-parts.ts'
import { etagOfText } from '../etag.ts'
import { textHeaders } from '../headers.ts'
import { modelFor } from '../language-of.ts'
import { tagged } from '../respond.ts'
import { route, type Call, type Route } from '../route.ts'
import { baseUrl, own } from './addresses.ts'

type Parts = Pick<AppParts, 'deployer' | 'publicUrl'>

interface Made {
  readonly text: string
  readonly etag: string
}

/** Made of the model and the caller's rights alone, so that one text serves all with the same. */
export function schemaRoutes(parts: Parts): readonly Route[] {
  const known = new LRUCache<string, Made>({ max: limits.schemaTextsMax })
  const answer = (kind: string, make: (call: Call) => string, extra = {}) =>
    route('GET', `${own}/${kind}`, (call) => {
      const { access, language } = call.caller
      const origin = baseUrl(call.request, parts.publicUrl)
      const key = `${kind} ${access.signature} ${language} ${origin}`
      const made = known.get(key) ?? remember(make(call))
      known.set(key, made)
      return tagged(call.request, { ...made, extra })
    })
  const remember = (text: string): Made => ({ text, etag: etagOfText(text) })
  return [
    answer('types.d.ts', (call) => typesOf(parts, call), textHeaders),
    answer('openapi.json', (call) => documentOf(parts, call)),
  ]
}

function schemaOf(parts: Parts, { caller }: Call) {
  const model = modelFor(parts, caller)
  const gate = { model, access: caller.access, language: caller.language }
  const objects = visibleSchema(gate)
  // Of what can be seen alone: a change elsewhere in the model makes nobody's copy old.
  return { objects, modelHash: hashOf(objects), modelVersion: model.version }
}

function typesOf(parts: Parts, call: Call): string {
  const { objects, modelHash } = schemaOf(parts, call)
  return `/** What you may see of the model; its hash is ${modelHash}. */\n${typesText(objects)}`
}

function documentOf(parts: Parts, call: Call): string {
  const server = baseUrl(call.request, parts.publicUrl)
  const { apiVersion } = call.caller
  return JSON.stringify(openApi({ ...schemaOf(parts, call), server, apiVersion }))
}
