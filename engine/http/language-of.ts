/** In which language a request is answered: the user's, or the one that a program asks for. */
import type { SignedInUser } from '../auth/auth.ts'
import type { Message } from '../base/message.ts'
import { acceptedLanguages, languageChain } from '../base/languages.ts'
import { inLanguage, languagesOf } from '../language/in-language.ts'
import { spellIn } from '../language/say.ts'
import type { Model } from '../model/model.ts'
import type { Caller } from '../records/records.ts'
import type { AppParts } from './app-parts.ts'
import type { Identity } from './identify.ts'

/**
 * Screens speak the user's language whatever the browser asks for; a program may ask for another with
 * `Accept-Language`, of which the first that there are words in counts.
 */
export function languageFor(request: Request, identity: Identity, model: Model): string {
  const { user, credential } = identity
  return credential.kind === 'session' ? user.language : askedLanguage(request, user, model)
}

function askedLanguage(request: Request, user: SignedInUser, model: Model): string {
  return acceptedLanguage(request, model) ?? user.language
}

/** The present model in the words of the caller. */
export function modelFor({ deployer }: Pick<AppParts, 'deployer'>, caller: Caller): Model {
  return inLanguage(deployer.store.current(), caller.language)
}

/** What messages are told to the caller by. */
export function wordsFor(
  parts: Pick<AppParts, 'deployer'>,
  caller: Caller,
): (told: Message) => string {
  const model = modelFor(parts, caller)
  return (told) => spellIn(model, told)
}

/** For requests of nobody in particular, such as a sign-in. */
export function acceptedLanguage(request: Request, model: Model): string | undefined {
  const header = request.headers.get('accept-language')
  if (header === null || header === '*') return undefined
  const known = languagesOf(model)
  return acceptedLanguages(header)
    .flatMap(languageChain)
    .find((language) => known.has(language))
}
