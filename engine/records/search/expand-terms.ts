/** Puts into a search what its words may stand for: words that fit wildcards, words like the ones that were typed. */
import type { SearchAtom, SearchNode, SearchTerm } from '../../query/search/search-terms.ts'

export type FindWords = (word: string) => Promise<readonly string[]>

/** What remains when terms that nothing stands for are gone; undefined when nothing can be found any more. */
export async function withFitting(
  node: SearchNode,
  fitting: FindWords,
): Promise<SearchNode | undefined> {
  if (node.kind === 'term') {
    if (node.pattern === undefined) return node
    const words = await fitting(node.pattern)
    const any = words.map((word) => ({ words: [word], prefix: false }))
    return any.length === 0 ? undefined : { ...node, any }
  }
  const items = await expanded(node.items, fitting)
  const present = items.filter((item) => item !== undefined)
  if (node.kind === 'any') {
    return present.length > 1 ? { ...node, items: present } : present[0]
  }
  if (present.length < node.items.length) return undefined
  const none = (await expanded(node.none, fitting)).filter((item) => item !== undefined)
  return { ...node, items: present, none }
}

/** One after the other: what they wait for is the same database. */
async function expanded(
  items: readonly SearchNode[],
  fitting: FindWords,
): Promise<readonly (SearchNode | undefined)[]> {
  const found: (SearchNode | undefined)[] = []
  for (const item of items) found.push(await withFitting(item, fitting))
  return found
}

/** The same node where no word is like one of its own. What is not wanted is meant as it was written. */
export async function withSimilar(node: SearchNode, similar: FindWords): Promise<SearchNode> {
  if (node.kind === 'term') return similarTerm(node, similar)
  const items: SearchNode[] = []
  for (const item of node.items) items.push(await withSimilar(item, similar))
  return items.every((item, index) => item === node.items[index]) ? node : { ...node, items }
}

async function similarTerm(term: SearchTerm, similar: FindWords): Promise<SearchTerm> {
  if (term.pattern !== undefined) return term
  const more: SearchAtom[] = []
  for (const { words } of term.any) {
    for (const [index, word] of words.entries()) {
      const others = await similar(word)
      more.push(...others.map((other) => ({ words: words.with(index, other), prefix: false })))
    }
  }
  return more.length === 0 ? term : { ...term, any: [...term.any, ...more] }
}
