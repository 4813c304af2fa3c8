/** Answers in gzip for those who take it: only what is long enough to be worth the work, and never a stream of events. */
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { limits } from '../base/limits.ts'
import { plainBodyOf } from './respond.ts'

const zip = promisify(gzip)

/** Little is won by trying harder. */
const level = 4

export function takesGzip(request: Request): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\b)/i.test(request.headers.get('accept-encoding') ?? '')
}

export async function zipped(answer: Response | Promise<Response>): Promise<Response> {
  const response = await answer
  const body = plainBodyOf(response)
  if (body === undefined || body.length < limits.zippedAnswerCharsMin) return response
  const bytes = await zip(body, { level })
  const headers = new Headers(response.headers)
  headers.set('Content-Encoding', 'gzip')
  headers.append('Vary', 'Accept-Encoding')
  return new Response(bytes, { status: response.status, headers })
}
