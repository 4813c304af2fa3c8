/** Texts that sources hand to a function such as `t`, for tests that hold catalogues against them. */
import { parseAst } from 'vite'
import { readSources } from './sources.ts'

export interface WrittenText {
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

/** `calls`: names of functions, each with the place of the text among its arguments. */
export function writtenTexts(
  folder: string,
  calls: ReadonlyMap<string, number>,
): readonly WrittenText[] {
  return readSources(folder).flatMap(({ path, text }) => {
    const said: WrittenText[] = []
    visit(treeOf(text), true, (node, early) => {
      const place = calls.get(String((node['callee'] as Node)['name']))
      if (place === undefined) return
      const argument = (node['arguments'] as readonly Node[])[place]
      said.push(...written(argument).map((one) => ({ path, text: one, early })))
    })
    return said
  })
}

/** Every text that stands in quotes anywhere, sums of texts as one. */
export function quotedTexts(folder: string): ReadonlySet<string> {
  const texts = new Set<string>()
  const collect = (node: Node): void => {
    const [text] = node.type === 'Literal' || node.type === 'BinaryExpression' ? written(node) : []
    if (text !== undefined) texts.add(text)
    for (const child of childrenOf(node)) collect(child)
  }
  for (const { text } of readSources(folder)) collect(treeOf(text))
  return texts
}

function treeOf(text: string): Node {
  return parseAst(text, { lang: 'ts' }) as unknown as Node
}

function childrenOf(node: Node): readonly Node[] {
  return Object.values(node)
    .flatMap((value): readonly unknown[] => (Array.isArray(value) ? value : [value]))
    .filter(isNode)
}

type Tell = (call: Node, early: boolean) => void

const laterNodes: ReadonlySet<string> = new Set([
  'ArrowFunctionExpression',
  'FunctionExpression',
  'FunctionDeclaration',
  'PropertyDefinition',
])

function visit(node: Node, early: boolean, tell: Tell): void {
  if (node.type === 'CallExpression' && isNode(node['callee'])) tell(node, early)
  const inside = early && !laterNodes.has(node.type)
  for (const child of childrenOf(node)) visit(child, inside, tell)
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
