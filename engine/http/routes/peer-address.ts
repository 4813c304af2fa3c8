/** Where a request truly comes from: the other end of the connection, never what a header claims. */
import type { Context } from 'hono'
import type { Edge } from '../route.ts'

export function peerAddress(context: Context<Edge>): string {
  return context.env.incoming?.socket.remoteAddress ?? 'unknown'
}
