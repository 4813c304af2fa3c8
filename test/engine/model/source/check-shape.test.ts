import { said } from '../../../../engine/model/parse-declarations.ts'
import { inEnglish } from '../../../../engine/base/message.ts'
import { Ajv } from 'ajv'
import fc, { type Arbitrary } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { limits } from '../../../../engine/base/limits.ts'
import { metadataTypes } from '../../../../engine/model/metadata-types.ts'
import { checkShape } from '../../../../engine/model/source/check-shape.ts'
import { metadataSchemas } from '../../../../engine/model/source/metadata-schemas.ts'
import { shapeOf } from '../../../../engine/model/source/shape.ts'
import { arbitraryComponent } from '../arbitrary-body.ts'
import { processorMs } from '../../../support/processor-ms.ts'

const ajv = new Ajv({
  strict: true,
  allowUnionTypes: true,
  keywords: ['x-fieldstone', 'x-kept', 'x-key'],
})
for (const [name, schema] of Object.entries(metadataSchemas)) {
  ajv.addSchema(schema, `${name}.schema.json`)
}

/** What the schema itself cannot say is left out of the comparison. */
function accepts(type: keyof typeof metadataSchemas, body: unknown): boolean {
  const problems = checkShape(shapeOf(type), body)
  return problems.every((problem) => inEnglish(problem.reason).includes('stands twice'))
}

/** The value with one place in it replaced; `way` chooses the place. */
function spoil(value: unknown, way: readonly number[], by: unknown): unknown {
  const [turn, ...rest] = way
  if (turn === undefined || typeof value !== 'object' || value === null) return by
  if (Array.isArray(value)) {
    const at = turn % (value.length + 1)
    return [...value.slice(0, at), spoil(value[at], rest, by), ...value.slice(at + 1)]
  }
  const keys = Object.keys(value)
  const key = keys[turn % (keys.length + 1)] ?? 'unheardOf'
  return { ...value, [key]: spoil(Reflect.get(value, key), rest, by) }
}

const anything: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, '', 'Text', 'true', '5', 0, -1, 1.5, true, [], {}, [1], { a: 1 }),
  fc.constantFrom<unknown>([[]], [{}], ['x'], { fullName: 'X' }, [{ fullName: 'X' }]),
)

describe('checkShape', () => {
  it.each(metadataTypes.map((type) => type.name))('decides on %s as the schema does', (type) => {
    const turns = fc.array(fc.nat(20), { minLength: 0, maxLength: 4 })
    fc.assert(
      fc.property(arbitraryComponent(type), turns, anything, ({ body }, way, by) => {
        const validate = ajv.getSchema(`${type}.schema.json`)
        expect(accepts(type, body)).toBe(true)
        expect(validate?.(body)).toBe(true)
        const spoilt = spoil(body, way, by)
        expect(accepts(type, spoilt), JSON.stringify(spoilt)).toBe(validate?.(spoilt))
      }),
      { numRuns: 60 },
    )
  })

  it('finds double entries by the attribute that tells them apart', () => {
    const body = {
      fullName: 'Agent',
      fieldPermissions: [
        { field: 'Account.Name', readable: true },
        { field: 'account.name', readable: false },
      ],
    }
    const found = checkShape(shapeOf('PermissionSet'), body)
    expect(found.map((one) => ({ ...one, ...said(one) }))).toMatchObject([
      {
        pointer: ['fieldPermissions', 1, 'field'],
        at: 'value',
        reason:
          "'account.name' stands twice in fieldPermissions (the other is written 'Account.Name')",
        suggestion: 'keep one of the two, or give one another name',
      },
    ])
  })

  it('stops at the limit of problems, in time that grows with the size only', () => {
    const body = { fullName: 'Plan', fields: Array.from({ length: 500_000 }, () => 'x') }
    const started = processorMs()
    expect(checkShape(shapeOf('CustomObject'), body)).toHaveLength(limits.problemsReportedMax)
    expect(processorMs() - started).toBeLessThan(1_000)
  })
})
