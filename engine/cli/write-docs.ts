/** Pages of the documentation that the product tells itself: `npm run docs`. */
import { writeFile } from 'node:fs/promises'
import { apiReference } from '../http/reference/api-reference.ts'
import { commandReference } from './command-reference.ts'

const page = (name: string): URL => new URL(`../../docs/${name}`, import.meta.url)

await writeFile(page('command-line.md'), commandReference())
await writeFile(page('api.md'), apiReference())
