/** Text → syntax tree, by precedence climbing; bounded in size and depth, so that no input overflows the stack. */
import { message, type Message } from '../base/message.ts'
import { limits } from '../base/limits.ts'
import { FormulaFault, type Span } from './problem.ts'
import type { Operator, PathStep, Syntax } from './syntax.ts'
import { tokenise, type Token } from './tokens.ts'

/** Higher binds tighter; all of them from left to right. */
const precedence: ReadonlyMap<string, number> = new Map<Operator, number>([
  ['||', 1],
  ['&&', 2],
  ['=', 3],
  ['<>', 3],
  ['<', 4],
  ['<=', 4],
  ['>', 4],
  ['>=', 4],
  ['+', 5],
  ['-', 5],
  ['&', 5],
  ['*', 6],
  ['/', 6],
  ['^', 7],
])

/** Chains of these become one node, so that long ones stay shallow. */
const chains = new Set<string>(['||', '&&', '&', '+'])
const prefixes = new Set<string>(['-', '+', '!'])

/** Throws a FormulaFault when the text is no formula. */
export function parseFormula(text: string): Syntax {
  if (text.length > limits.formulaCharsMax) {
    const told = message('The formula has {length} characters; at most {most} are allowed', {
      length: text.length,
      most: limits.formulaCharsMax,
    })
    throw new FormulaFault(told, { start: 0, end: 0 })
  }
  return new Parser(tokenise(text)).whole()
}

/** State of one reading: where it stands, how deep and how large the tree has become. */
class Parser {
  private readonly tokens: readonly Token[]
  private at = 0
  private depth = 0
  private nodes = 0

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }

  whole(): Syntax {
    if (this.next().kind === 'end') throw this.fault(message('The formula is empty'))
    const tree = this.expression(1)
    const rest = this.next()
    if (rest.kind === 'end') return tree
    throw this.fault(
      message('Unexpected {token}: an operator or the end was expected', { token: shown(rest) }),
    )
  }

  private expression(lowest: number): Syntax {
    this.depth += 1
    if (this.depth > limits.formulaDepthMax) {
      throw this.fault(
        message('The formula is nested more than {most} levels deep', {
          most: limits.formulaDepthMax,
        }),
      )
    }
    let left = this.operand()
    const atFirst = this.depth
    for (;;) {
      const sign = this.next()
      const strength = sign.kind === 'sign' ? precedence.get(sign.text) : undefined
      if (strength === undefined || strength < lowest) break
      this.at += 1
      const right = this.expression(strength + 1)
      const joined = this.join(left, sign.text as Operator, right)
      // Every further link puts what stands before it one level deeper.
      if (joined.operands.length === 2) this.depth += 1
      if (this.depth > limits.formulaDepthMax) {
        throw this.fault(
          message('The formula chains more than {most} operators', {
            most: limits.formulaDepthMax,
          }),
        )
      }
      left = joined
    }
    this.depth = atFirst - 1
    return left
  }

  private join(left: Syntax, operator: Operator, right: Syntax): Syntax & { kind: 'operator' } {
    const span = { start: left.span.start, end: right.span.end }
    const isChain =
      left.kind === 'operator' &&
      left.operator === operator &&
      left.operands.length > 1 &&
      chains.has(operator) &&
      !this.isBracketed(left)
    const operands = isChain ? [...left.operands, right] : [left, right]
    return this.made({ kind: 'operator', operator, operands, span })
  }

  private readonly bracketed = new WeakSet<Syntax>()

  private isBracketed(node: Syntax): boolean {
    return this.bracketed.has(node)
  }

  private operand(): Syntax {
    const token = this.next()
    if (token.kind === 'sign') {
      if (prefixes.has(token.text)) return this.prefixed(token)
      if (token.text === '(') return this.inBrackets()
      if (token.text === '{!') return this.inBraces()
    }
    if (token.kind === 'name') return this.named()
    this.at += 1
    if (token.kind === 'number') {
      return this.made({ kind: 'number', digits: token.text, span: token.span })
    }
    if (token.kind === 'text') {
      return this.made({ kind: 'text', value: token.text, span: token.span })
    }
    this.at -= 1
    throw this.fault(
      message('Unexpected {token}: a value, a field or a function was expected', {
        token: shown(token),
      }),
    )
  }

  private prefixed(sign: Token): Syntax {
    this.at += 1
    const operand = this.expression(8)
    const span = { start: sign.span.start, end: operand.span.end }
    return this.made({
      kind: 'operator',
      operator: sign.text as Operator,
      operands: [operand],
      span,
    })
  }

  private inBrackets(): Syntax {
    this.at += 1
    const inner = this.expression(1)
    this.expect(')')
    this.bracketed.add(inner)
    return inner
  }

  /** `{!Name}`, as merge fields are written in flows. */
  private inBraces(): Syntax {
    this.at += 1
    const inner = this.named()
    this.expect('}')
    return inner
  }

  private named(): Syntax {
    const first = this.next()
    if (first.kind !== 'name') {
      throw this.fault(message('Unexpected {token}: a name was expected', { token: shown(first) }))
    }
    this.at += 1
    if (this.isSign('(')) return this.call(first)
    const steps: PathStep[] = [this.step(first)]
    while (this.isSign('.')) {
      this.at += 1
      const next = this.next()
      if (next.kind !== 'name') {
        throw this.fault(message('Unexpected {token} after the point', { token: shown(next) }))
      }
      this.at += 1
      steps.push(this.step(next))
    }
    const span = { start: first.span.start, end: this.previousEnd() }
    return this.made(wordOrPath(steps, span))
  }

  private step(name: Token): PathStep {
    if (!this.isSign(':')) return { name: name.text }
    this.at += 1
    const target = this.next()
    if (target.kind !== 'name') {
      throw this.fault(message('An object name was expected after the colon'))
    }
    this.at += 1
    return { name: name.text, target: target.text }
  }

  private call(name: Token): Syntax {
    this.at += 1
    const args: Syntax[] = []
    if (!this.isSign(')')) {
      args.push(this.expression(1))
      while (this.isSign(',')) {
        this.at += 1
        args.push(this.expression(1))
      }
    }
    this.expect(')')
    const span = { start: name.span.start, end: this.previousEnd() }
    return this.made({ kind: 'call', name: name.text, args, span })
  }

  private made<Node extends Syntax>(node: Node): Node {
    this.nodes += 1
    if (this.nodes <= limits.formulaNodesMax) return node
    throw this.fault(
      message('The formula has more than {most} parts', { most: limits.formulaNodesMax }),
    )
  }

  private next(): Token {
    const token = this.tokens[this.at] ?? this.tokens.at(-1)
    if (token === undefined) throw new Error('a list of tokens without an end')
    return token
  }

  private previousEnd(): number {
    return this.tokens[this.at - 1]?.span.end ?? 0
  }

  private isSign(text: string): boolean {
    const token = this.next()
    return token.kind === 'sign' && token.text === text
  }

  private expect(text: string): void {
    if (!this.isSign(text)) {
      throw this.fault(
        message('Unexpected {token}: {text} was expected', { token: shown(this.next()), text }),
      )
    }
    this.at += 1
  }

  private fault(told: Message): FormulaFault {
    return new FormulaFault(told, this.next().span)
  }
}

function wordOrPath(steps: readonly PathStep[], span: Span): Syntax {
  const word = steps.length === 1 ? steps[0]?.name.toLowerCase() : undefined
  if (word === 'true' || word === 'false') return { kind: 'boolean', value: word === 'true', span }
  if (word === 'null') return { kind: 'null', span }
  return { kind: 'path', steps, span }
}

function shown(token: Token): string | Message {
  if (token.kind === 'end') return message('end of the formula')
  if (token.kind !== 'text') return token.text
  return message('text {text}', { text: JSON.stringify(token.text) })
}
