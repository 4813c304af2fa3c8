/** Bytes over a socket as they are, for what no HTTP library would send. */
import { connect, type Socket } from 'node:net'

export interface Conversation {
  readonly socket: Socket
  /** All that came back until the connection closed. */
  readonly answer: Promise<string>
}

/** Connects and writes; the caller may write more. */
export async function converse(url: string, bytes: string): Promise<Conversation> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  let received = ''
  socket.on('data', (chunk) => (received += chunk.toString()))
  // A server that refuses early closes while we still write.
  socket.on('error', () => undefined)
  const answer = new Promise<string>((resolve) => socket.on('close', () => resolve(received)))
  await new Promise<void>((resolve) => {
    socket.once('connect', resolve)
    socket.once('close', () => resolve())
  })
  socket.write(bytes)
  return { socket, answer }
}

/** The answer to bytes that need no second word. */
export async function exchange(url: string, bytes: string): Promise<string> {
  return (await converse(url, bytes)).answer
}

/** The statuses of all answers in a conversation, in order. */
export function statusesIn(answer: string): readonly number[] {
  return [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((match) => Number(match[1]))
}
