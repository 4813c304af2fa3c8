import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import {
  metadataSchemas,
  type SchemaNode,
} from '../../../../engine/model/source/metadata-schemas.ts'

interface Named {
  readonly path: string
  readonly node: SchemaNode
}

function propertiesOf(path: string, schema: SchemaNode): readonly Named[] {
  const own = Object.entries(schema.properties ?? {}).map(([key, node]) => ({
    path: `${path}.${key}`,
    node,
  }))
  const inner = Object.entries(schema.definitions ?? {}).flatMap(([name, definition]) =>
    propertiesOf(name, definition),
  )
  return [...own, ...inner]
}

const all = Object.entries(metadataSchemas)
const properties = all.flatMap(([name, schema]) => propertiesOf(name, schema))

describe('metadataSchemas', () => {
  it('are valid JSON Schemas without unknown keywords', () => {
    const ajv = new Ajv({
      strict: true,
      allowUnionTypes: true,
      keywords: ['x-fieldstone', 'x-kept', 'x-key'],
    })
    for (const [name, schema] of all) ajv.addSchema(schema, `${name}.schema.json`)
    for (const [name] of all) expect(ajv.getSchema(`${name}.schema.json`), name).toBeDefined()
  })

  it('describe every property in a sentence', () => {
    const bare = properties.filter(({ node }) => !/^[A-Z0-9].+\.$/.test(node.description ?? ''))
    expect(bare.map(({ path }) => path)).toEqual([])
  })

  it('are closed: no object takes keys that it does not name', () => {
    const objects = all.flatMap(([, schema]) => [
      schema,
      ...Object.values(schema.definitions ?? {}),
    ])
    const open = objects.filter(
      (schema) => schema.properties !== undefined && schema.additionalProperties !== false,
    )
    expect(open.map((schema) => schema.title)).toEqual([])
  })

  it('are named like their file and demand a full name', () => {
    for (const [name, schema] of all) {
      expect(schema.title).toBe(name)
      expect(schema.$id).toBe(`${name}.schema.json`)
      expect(schema.required).toContain('fullName')
      expect(Object.keys(schema.properties ?? {}).slice(0, 2)).toEqual(['$schema', 'fullName'])
    }
  })

  it('mark the attributes that the public types do not have', () => {
    const own = properties.filter(({ node }) => node['x-fieldstone'] === true)
    expect(own.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        'CustomObject.keyPrefix',
        'CustomObject.previousNames',
        'CustomField.previousNames',
        'CustomField.parentRelationshipName',
        'CustomField.indexed',
        'CustomField.discloses',
      ]),
    )
  })
})
