/** A declaration as the bytes of its file: the same values always give the same bytes. */
import type { Declaration, SourceText } from './declaration.ts'
import { canonicalBody, isRecord } from './source/canonical-body.ts'
import { componentPath } from './source/component-path.ts'
import { formatJson, type Json, type JsonObject } from './source/format-json.ts'
import { shapeOf } from './source/shape.ts'

/** The file of a component, with the reference to its schema first and keys in canonical order. */
export function writeDeclaration(
  declaration: Pick<Declaration, 'type' | 'fullName' | 'body'>,
): SourceText {
  const { type, fullName, body } = declaration
  const ordered = canonicalBody(shapeOf(type), body)
  if (!isJsonObject(ordered)) throw new Error(`the body of ${type} ${fullName} is not an object`)
  const text = formatJson({ $schema: `../schema/${type}.schema.json`, ...ordered })
  return { path: componentPath(type, fullName), text }
}

function isJsonObject(value: unknown): value is JsonObject {
  return isRecord(value) && Object.values(value).every(isJson)
}

function isJson(value: unknown): value is Json {
  if (Array.isArray(value)) return value.every(isJson)
  if (isRecord(value)) return isJsonObject(value)
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}
