/** What programs within limits may ask for: the ways to records, where every name goes through the gate; nothing else. */
import { message } from '../base/message.ts'
import { refuse } from '../base/refusal.ts'
import { own } from './routes/addresses.ts'
import type { SignedInRoute } from './route.ts'

const open: readonly string[] = [
  '/services/data',
  '/services/async/',
  '/services/oauth2/userinfo',
  `${own}/query`,
  `${own}/export`,
  `${own}/events`,
  `${own}/change-events`,
  `${own}/imports`,
  `${own}/recycle-bin/`,
  // Figures of the server alone, for whoever has the permission.
  '/metrics',
]

/** A new route is closed to them until it stands above. */
export function requireOpenToPrograms({ path, need }: SignedInRoute): void {
  const isOpen = need !== 'web' && open.some((beginning) => path.startsWith(beginning))
  if (isOpen) return
  throw refuse(
    'INSUFFICIENT_ACCESS',
    message('This is closed to programs whose rights are limited by permission sets.'),
  )
}
