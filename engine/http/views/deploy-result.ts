/** A deploy as clients follow it, over SOAP and over REST alike. */
import type { PackageJob } from '../../deploy/package/package-jobs.ts'
import type { ComponentResult } from '../../deploy/package/package-results.ts'
import { componentId } from '../../model/component-id.ts'
import type { SoapRecord } from '../soap/envelope.ts'

const ended: ReadonlySet<string> = new Set(['Succeeded', 'SucceededPartial', 'Failed', 'Canceled'])

export function deployResult(job: PackageJob, includeDetails: boolean): SoapRecord {
  const { options, result, state } = job
  const results = result?.results ?? []
  const failures = results.filter((one) => !one.success)
  const deployed = results.filter((one) => one.success && one.type !== '')
  const times = {
    completedDate: iso(job.endedAt),
    createdDate: iso(job.createdAt),
    lastModifiedDate: iso(job.endedAt ?? job.startedAt ?? job.createdAt),
    startDate: iso(job.startedAt),
  }
  const error = result?.error
  return {
    checkOnly: options.checkOnly,
    ...times,
    createdBy: job.by.id,
    createdByName: job.by.name,
    ...(includeDetails ? { details: details(job, failures) } : {}),
    done: ended.has(state),
    ...(error === undefined ? {} : { errorMessage: error.message, errorStatusCode: error.code }),
    id: job.id,
    ignoreWarnings: options.ignoreWarnings,
    numberComponentErrors: failures.length,
    numberComponentsDeployed: deployed.length,
    numberComponentsTotal: result?.total ?? 0,
    numberTestErrors: 0,
    numberTestsCompleted: 0,
    numberTestsTotal: 0,
    rollbackOnError: options.rollbackOnError,
    runTestsEnabled: false,
    status: state,
    success: state === 'Succeeded' || state === 'SucceededPartial',
  }
}

function details(job: PackageJob, failures: readonly ComponentResult[]): SoapRecord {
  const at = job.endedAt ?? job.createdAt
  const successes = (job.result?.results ?? []).filter((one) => one.success)
  return {
    componentFailures: failures.map((one) => componentMessage(one, at)),
    componentSuccesses: successes.map((one) => componentMessage(one, at)),
    runTestResult: { numFailures: 0, numTestsRun: 0, totalTime: 0 },
  }
}

function componentMessage(one: ComponentResult, at: number): SoapRecord {
  return {
    changed: one.changed,
    columnNumber: one.column,
    componentType: one.type,
    created: one.created,
    createdDate: iso(at),
    deleted: one.deleted,
    fileName: one.fileName,
    fullName: one.fullName,
    id: one.type === '' || !one.success ? undefined : componentId(one.type, one.fullName),
    lineNumber: one.line,
    problem: one.problem,
    problemType: one.problemType,
    success: one.success,
  }
}

function iso(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString()
}
