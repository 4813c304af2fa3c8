/**
 * PostgreSQL takes messages of less than 8,000 bytes; what works on one database works on the
 * other.
 */
const payloadBytesMax = 7_900

export function checkPayload(payload: string): void {
  const bytes = Buffer.byteLength(payload)
  if (bytes <= payloadBytesMax) return
  throw new Error(
    `a message between nodes has ${bytes} bytes, at most ${payloadBytesMax} are taken`,
  )
}
