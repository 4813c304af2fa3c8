/** Url: a web address that is safe to open. */
import { keeps, mayLose } from './casts.ts'
import type { ValueProblem } from './field-type.ts'
import { lengthOption, optionsSchema } from './options-schema.ts'
import { textLikeType } from './text-like.ts'
import { wrongType } from './value-problem.ts'

// Browsers drop tabs and newlines inside an address and read a backslash as a slash.
const unsafePattern = /[\s\p{Cc}\p{Cf}\\<>"]/u
const schemePattern = /^(?:https?|ftp):\/\//i
const labelPattern = /^[\p{L}\p{N}\p{M}_-]+$/u
const addressPattern = /^\[[0-9A-Fa-f:.]+\]$/
const portPattern = /^[0-9]{1,5}$/

interface Authority {
  readonly host: string
  readonly port: string | undefined
}

function splitAuthority(authority: string): Authority {
  const colon = authority.lastIndexOf(':')
  if (colon < 0 || colon < authority.indexOf(']')) return { host: authority, port: undefined }
  return { host: authority.slice(0, colon), port: authority.slice(colon + 1) }
}

function isHost(host: string, labelsMin: number): boolean {
  if (addressPattern.test(host)) return true
  const labels = host.split('.')
  return labels.length >= labelsMin && labels.every((label) => labelPattern.test(label))
}

function isWebAddress(text: string): boolean {
  if (unsafePattern.test(text)) return false
  const scheme = schemePattern.exec(text)?.[0]
  const [authority = ''] = text.slice(scheme?.length ?? 0).split(/[/?#]/, 1)
  const { host, port } = splitAuthority(authority)
  // Without a scheme only what looks like a domain is an address: `www.example.com`.
  if (!isHost(host, scheme === undefined ? 2 : 1)) return false
  if (port !== undefined && !portPattern.test(port)) return false
  return URL.canParse(scheme === undefined ? `http://${text}` : text)
}

function form(text: string): ValueProblem | undefined {
  if (isWebAddress(text)) return undefined
  return wrongType('a web address such as https://example.com, without sign-in data')
}

export const url = textLikeType({
  name: 'Url',
  purpose: 'A web address. It opens in a new tab.',
  options: optionsSchema({ properties: { length: lengthOption(1, 2000) } }),
  charsMax: 255,
  form,
  hint: { type: 'url', editor: 'url' },
  casts: {
    ...keeps('same', 'LongTextArea'),
    ...mayLose('same', 'Text', 'TextArea', 'Email', 'Phone', 'Picklist'),
    ...mayLose('same', 'EncryptedText'),
    ...mayLose('markup', 'Html'),
  },
})
