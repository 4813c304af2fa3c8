/** Formulas in the code editor: what is coloured how; the server alone says what is right. */
import { StreamLanguage } from '@codemirror/language'
import type { StringStream } from '@codemirror/language'

interface State {
  /** What the line before left open: a comment, or a text by its quote. */
  open: '' | '/*' | '"' | "'"
}

const wordy = /^\$?[A-Za-z_][\w:]*(?:\.\w*)*/

export const formulaLanguage = StreamLanguage.define<State>({
  name: 'formula',
  startState: () => ({ open: '' }),
  token(stream, state) {
    if (state.open === '/*') return comment(stream, state)
    if (state.open !== '') return literal(stream, state, state.open)
    if (stream.eatSpace()) return null
    if (stream.match('/*')) return comment(stream, state)
    const next = stream.peek()
    if (next === '"' || next === "'") {
      stream.next()
      return literal(stream, state, next)
    }
    if (stream.match(/^\d+(?:\.\d+)?|^\.\d+/)) return 'number'
    if (stream.match(/^(?:true|false|null)\b/i)) return 'bool'
    if (stream.match(wordy)) return /^\s*\(/.test(restOf(stream)) ? 'keyword' : 'propertyName'
    if (stream.match(/^[()[\],]/)) return 'punctuation'
    if (stream.match(/^(?:&&|\|\||==|!=|<>|<=|>=|[-+*/^&=<>!])/)) return 'operator'
    stream.next()
    return null
  },
  languageData: { closeBrackets: { brackets: ['(', '"', "'"] } },
})

function restOf(stream: StringStream): string {
  return stream.string.slice(stream.pos)
}

function comment(stream: StringStream, state: State): string {
  state.open = '/*'
  if (stream.skipTo('*/')) {
    stream.match('*/')
    state.open = ''
  } else stream.skipToEnd()
  return 'comment'
}

function literal(stream: StringStream, state: State, quote: '"' | "'"): string {
  state.open = quote
  for (let char = stream.next(); typeof char === 'string'; char = stream.next()) {
    if (char === '\\') stream.next()
    else if (char === quote) {
      state.open = ''
      break
    }
  }
  return 'string'
}
