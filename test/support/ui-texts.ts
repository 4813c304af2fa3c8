/** The texts that the screens say by `t`, read from their sources. */
import { parseAst } from 'vite'
import { readSources } from './sources.ts'

export interface SaidText {
  readonly path: string
  /** Undefined where the text is not written out: no catalogue could know it. */
  readonly text: string | undefined
  /** Said while the module loads, before anybody chose a language. */
  readonly early: boolean
}

interface Node {
  readonly type: string
  readonly [member: string]: unknown
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value
}

export function saidTexts(): readonly SaidText[] {
  return readSources('ui').flatMap(({ path, text }) => {
    const said: SaidText[] = []
    visit(parseAst(text, { lang: 'ts' }) as unknown as Node, true, (node, early) => {
      const [argument] = node['arguments'] as readonly Node[]
      said.push(...written(argument).map((one) => ({ path, text: one, early })))
    })
    return said
  })
}

type Tell = (call: Node, early: boolean) => void

const laterNodes: ReadonlySet<string> = new Set([
  'ArrowFunctionExpression',
  'FunctionExpression',
  'FunctionDeclaration',
  'PropertyDefinition',
])

function visit(node: Node, early: boolean, tell: Tell): void {
  const callee = node['callee']
  if (node.type === 'CallExpression' && isNode(callee) && callee['name'] === 't') tell(node, early)
  const inside = early && !laterNodes.has(node.type)
  for (const value of Object.values(node)) {
    const children: readonly unknown[] = Array.isArray(value) ? value : [value]
    for (const child of children) if (isNode(child)) visit(child, inside, tell)
  }
}

/** The texts that an argument may be: literals, sums of them, and choices between them. */
function written(node: Node | undefined): readonly (string | undefined)[] {
  if (node?.type === 'Literal' && typeof node['value'] === 'string') return [node['value']]
  if (node?.type === 'ConditionalExpression') {
    return [node['consequent'], node['alternate']].flatMap((one) => written(one as Node))
  }
  if (node?.type === 'BinaryExpression') {
    const [left, right] = [node['left'], node['right']].map((one) => written(one as Node)[0])
    return [left === undefined || right === undefined ? undefined : left + right]
  }
  return [undefined]
}
