/** File: content of any size. It lies beside the database; the field holds where, and is told as an address. */
import { message } from '../base/message.ts'
import type { ApiValue, FieldType, ValueProblem } from './field-type.ts'
import { optionsSchema } from './options-schema.ts'
import { longTextBase } from './text-like.ts'
import { problem } from './value-problem.ts'

/** What the intake of contents makes of what a caller sends: nobody can make one up. */
export const contentReferencePattern = /^content:[0-9a-f]{32}$/

export const file: FieldType = {
  ...longTextBase,
  name: 'File',
  purpose: 'The content of a file, such as a scanned contract. Only files themselves have it.',
  options: optionsSchema({}),
  check: contentProblem,
  describe: () => ({ type: 'base64', soapType: 'xsd:base64Binary', editor: 'file' }),
  toldByAddress: true,
}

function contentProblem(value: ApiValue): ValueProblem | undefined {
  if (value === null) return undefined
  if (typeof value === 'string' && contentReferencePattern.test(value)) return undefined
  return problem(
    'INVALID_TYPE_ON_FIELD_IN_RECORD',
    message(
      'The content of a file is sent as base64 or as a part of its own (multipart/form-data).',
    ),
  )
}
