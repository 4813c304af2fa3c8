/** Addresses of e-mails as people type them, checked before anything is kept: nothing in them can begin another header. */
import { limits } from '../../base/limits.ts'
import { message } from '../../base/message.ts'
import { refuse } from '../../base/refusal.ts'
import { isEmailAddress } from '../../fields/email.ts'

/** Lists may be texts of several addresses, separated by commas or semicolons. */
export function readAddresses(given: readonly unknown[], input: string): readonly string[] {
  const texts = given.flatMap((one) => (typeof one === 'string' ? one.split(/[,;]/) : []))
  const found = [...new Set(texts.map((text) => text.trim()).filter((text) => text !== ''))]
  const wrong = found.find((text) => text.length > addressCharsMax || !isEmailAddress(text))
  if (wrong !== undefined) {
    const told = message('{address} is no e-mail address: write name@example.com.', {
      address: wrong.slice(0, shownCharsMax),
    })
    throw refuse('INVALID_EMAIL_ADDRESS', told, { fields: [input] })
  }
  if (found.length <= limits.emailRecipientsMax) return found
  throw refuse(
    'LIMIT_EXCEEDED',
    message('An e-mail goes to at most {max} addresses (emailRecipientsMax).', {
      max: limits.emailRecipientsMax,
    }),
    { fields: [input] },
  )
}

const addressCharsMax = 254
const shownCharsMax = 80

/** A line of a header: what would end it is refused, not repaired. */
export function readHeaderLine(text: string, input: string): string {
  if (/[\p{Cc}\u2028\u2029]/u.test(text)) {
    throw refuse(
      'INVALID_ARGUMENT',
      message('The subject is one line without control characters.'),
      {
        fields: [input],
      },
    )
  }
  return text.trim()
}
