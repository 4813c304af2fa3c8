/** Deploys over REST: the ZIP file and its options as parts of a form. */
import { limits } from '../../base/limits.ts'
import { refuse } from '../../base/refusal.ts'
import type { PackageOptions } from '../../deploy/package/deploy-package.ts'
import type { PackageJob } from '../../deploy/package/package-jobs.ts'
import type { AppParts } from '../app-parts.ts'
import { booleanQuery, jsonObject } from '../json-request.ts'
import { parseJsonObject } from '../parse-json.ts'
import { mediaType, readBytes } from '../read-body.ts'
import { json } from '../respond.ts'
import { setupRoute, uploading, type Call, type Route } from '../route.ts'
import { deployResult } from '../views/deploy-result.ts'
import { data } from './addresses.ts'
import { authorOf } from './author.ts'

type Parts = Pick<AppParts, 'packages'>

export function deployRequestRoutes(parts: Parts): readonly Route[] {
  const path = `${data}/metadata/deployRequest`
  return [
    uploading(setupRoute('POST', path, async (call) => begun(await begin(parts, call)))),
    setupRoute('GET', `${path}/:id`, async (call) => {
      const job = await parts.packages.job(call.param('id'))
      const details = booleanQuery(call.query('includeDetails'))
      return json({ id: job.id, deployResult: deployResult(job, details) })
    }),
    setupRoute('PATCH', `${path}/:id`, async (call) => {
      const wanted = (await jsonObject(call.request)).get('deployResult')
      if (JSON.stringify(wanted) !== '{"status":"Canceling"}') {
        throw refuse('INVALID_ARGUMENT', 'A deploy can only be cancelled: status "Canceling".')
      }
      return begun(await parts.packages.cancel(call.param('id')), 202)
    }),
  ]
}

function begun(job: PackageJob, status = 201): Response {
  return json({ id: job.id, deployResult: deployResult(job, false) }, status)
}

async function begin(parts: Parts, call: Call): Promise<PackageJob> {
  const by = authorOf(call)
  if (mediaType(call.request) === 'application/json') {
    const id = (await jsonObject(call.request)).get('validatedDeployRequestId')
    return parts.packages.deployChecked(String(id), by)
  }
  const form = await readParts(call.request)
  const zip = form.get('file')
  if (zip === null || typeof zip === 'string') {
    throw refuse('INVALID_ARGUMENT', 'Send the ZIP file as the part "file".')
  }
  const content = form.get('entity_content') ?? form.get('json')
  const text = content === null || typeof content === 'string' ? content : await content.text()
  const options = readOptions(text === null ? new Map() : parseJsonObject(text))
  const bytes = Buffer.from(await zip.arrayBuffer())
  return parts.packages.deploy(bytes.toString('base64'), options, by)
}

async function readParts(request: Request): Promise<FormData> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^multipart\/form-data\s*;/i.test(type)) {
    throw refuse('UNSUPPORTED_MEDIA_TYPE', 'Send the body as multipart/form-data.')
  }
  const bytes = new Uint8Array(await readBytes(request, limits.packageZipBytesMax + 64 * 1024))
  try {
    return await new Response(bytes, { headers: { 'content-type': type } }).formData()
  } catch (error) {
    if (error instanceof TypeError) {
      throw refuse('INVALID_ARGUMENT', 'The parts of the form cannot be read.')
    }
    throw error
  }
}

function readOptions(body: ReadonlyMap<string, unknown>): PackageOptions {
  const given = body.get('deployOptions')
  const options = new Map(typeof given === 'object' && given !== null ? Object.entries(given) : [])
  return {
    checkOnly: options.get('checkOnly') === true,
    rollbackOnError: options.get('rollbackOnError') !== false,
    ignoreWarnings: options.get('ignoreWarnings') === true,
  }
}
