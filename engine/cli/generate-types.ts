/**
 * Writes `metadata/types.ts` from `metadata/schema/`; with `--check` it only says whether the file
 * is up to date, and ends with 1 when it is not.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { compile, type JSONSchema } from 'json-schema-to-typescript'

const schemaFolder = new URL('../../metadata/schema/', import.meta.url)
const typesFile = new URL('../../metadata/types.ts', import.meta.url)
const suffix = '.schema.json'

const banner = `/**
 * What metadata files hold, as TypeScript types.
 * Written from \`metadata/schema/\` by \`npm run types\`; a change by hand is lost.
 */`

interface SchemaFile extends JSONSchema {
  readonly definitions?: Record<string, JSONSchema>
}

/** The text of `metadata/types.ts` that belongs to the present schemas. */
export async function generateTypes(): Promise<string> {
  const names = (await readdir(schemaFolder))
    .filter((file) => file.endsWith(suffix))
    .map((file) => file.slice(0, -suffix.length))
    .sort()
  const definitions = new Map<string, JSONSchema>()
  for (const name of names) collectDefinitions(name, await readSchema(name), definitions)
  const whole: JSONSchema = {
    title: 'MetadataTypes',
    description: 'Every kind of metadata file by its name.',
    type: 'object',
    additionalProperties: false,
    required: names,
    properties: Object.fromEntries(names.map((name) => [name, definitionRef(name)])),
    definitions: Object.fromEntries(definitions),
  }
  return compile(whole, 'MetadataTypes', {
    bannerComment: banner,
    additionalProperties: false,
    format: true,
    style: { semi: false, singleQuote: true, printWidth: 100 },
  })
}

async function readSchema(name: string): Promise<SchemaFile> {
  return JSON.parse(await readFile(new URL(name + suffix, schemaFolder), 'utf8'))
}

/** Moves all definitions of a file into the one list that the types are written from. */
function collectDefinitions(
  name: string,
  schema: SchemaFile,
  definitions: Map<string, JSONSchema>,
): void {
  const { $schema: _, $id: __, definitions: own, ...root } = schema
  const { $schema: ___, ...properties } = root.properties ?? {}
  for (const [title, definition] of Object.entries({ ...own, [name]: { ...root, properties } })) {
    if (definitions.has(title)) throw new Error(`two schemas define ${title}`)
    definitions.set(title, withLocalRefs(definition))
  }
}

/** Turns `Other.schema.json#/definitions/Name` and `Other.schema.json` into local references. */
function withLocalRefs(schema: JSONSchema): JSONSchema {
  return JSON.parse(JSON.stringify(schema), (key, value) => {
    if (key !== '$ref' || typeof value !== 'string') return value
    const name = /^(?:\w+\.schema\.json)?#\/definitions\/(\w+)$/.exec(value)?.[1]
    return definitionRef(name ?? value.replace(suffix, '')).$ref
  })
}

function definitionRef(name: string): { $ref: string } {
  return { $ref: `#/definitions/${name}` }
}

async function run(): Promise<void> {
  const wanted = await generateTypes()
  if (!process.argv.includes('--check')) return writeFile(typesFile, wanted)
  if ((await readFile(typesFile, 'utf8')) === wanted) return
  process.stderr.write('metadata/types.ts is out of date: run `npm run types`.\n')
  process.exitCode = 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await run()
