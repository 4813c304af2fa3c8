/** Packages over SOAP: deploy and retrieve, and how far they are. */
import { refuse } from '../../base/refusal.ts'
import { manifestOf } from '../../deploy/package/package-manifest.ts'
import type { PackageOptions } from '../../deploy/package/deploy-package.ts'
import type { XmlElement } from '../../model/xml/xml-tree.ts'
import { deployResult } from '../views/deploy-result.ts'
import { fileProperties } from './component-properties.ts'
import { child, childrenOf, textOf } from './envelope.ts'
import type { MetadataAsked, MetadataOperation } from './metadata-operation.ts'

export const deploy: MetadataOperation = async ({ parts, call, by, zip }) => {
  if (zip === undefined || zip === '') throw refuse('INVALID_ARGUMENT', 'There is no ZipFile.')
  const job = await parts.packages.deploy(
    zip,
    readOptions(child(call.operation, 'DeployOptions')),
    by,
  )
  return [{ done: false, id: job.id, state: 'Queued' }]
}

function readOptions(element: XmlElement | undefined): PackageOptions {
  const flag = (name: string): string | undefined => element && textOf(element, name)
  return {
    checkOnly: flag('checkOnly') === 'true',
    // What clients leave out means the safer one.
    rollbackOnError: flag('rollbackOnError') !== 'false',
    ignoreWarnings: flag('ignoreWarnings') === 'true',
  }
}

export const checkDeployStatus: MetadataOperation = async ({ parts, call }) => {
  const { operation } = call
  const id = textOf(operation, 'asyncProcessId') ?? textOf(operation, 'id') ?? ''
  return [
    deployResult(await parts.packages.job(id), textOf(operation, 'includeDetails') === 'true'),
  ]
}

export const cancelDeploy: MetadataOperation = async ({ parts, call }) => {
  const id = textOf(call.operation, 'String') ?? textOf(call.operation, 'id') ?? ''
  const job = await parts.packages.cancel(id)
  return [{ done: job.state === 'Canceled', id: job.id }]
}

export const deployRecentValidation: MetadataOperation = async ({ parts, call, by }) => {
  const job = await parts.packages.deployChecked(textOf(call.operation, 'validationId') ?? '', by)
  return [job.id]
}

export const retrieve: MetadataOperation = async (asked: MetadataAsked) => {
  const { parts, call, by, version } = asked
  const request = child(call.operation, 'request') ?? child(call.operation, 'retrieveRequest')
  const wanted = request && child(request, 'unpackaged')
  const packageNames = (request ? childrenOf(request, 'packageNames') : []).map(({ text }) =>
    text.trim(),
  )
  if (request === undefined || (wanted === undefined && packageNames.length === 0)) {
    throw refuse('INVALID_ARGUMENT', 'Say in "unpackaged" which components to retrieve.')
  }
  const id = await parts.packages.retrieve(
    {
      manifest:
        wanted === undefined ? { types: new Map(), version: undefined } : manifestOf(wanted),
      packageNames,
      singlePackage: textOf(request, 'singlePackage') === 'true',
      apiVersion: version,
    },
    by,
  )
  return [{ done: false, id, state: 'Queued' }]
}

export const checkRetrieveStatus: MetadataOperation = async ({ parts, call }) => {
  const id = textOf(call.operation, 'asyncProcessId') ?? textOf(call.operation, 'id') ?? ''
  const { zip, parts: found, messages } = await parts.packages.retrieved(id)
  return [
    {
      done: true,
      fileProperties: found.map(fileProperties),
      id,
      messages: messages.map(({ fileName, problem }) => ({ fileName, problem })),
      status: 'Succeeded',
      success: true,
      zipFile: zip,
    },
  ]
}
