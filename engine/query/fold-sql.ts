/**
 * A computed text folded by the database just as `foldText` folds what is stored: neither database knows how, so the
 * statement brings along what becomes of each character. Texts of ASCII alone, which most are, take the short way.
 */
import { foldText } from '../base/fold-text.ts'
import type { Dialect } from '../sql/dialect.ts'
import { identifier, sql, textLiteral, type Sql } from '../sql/sql.ts'

const codePoints = 0x110000
/** What does not change as a whole has no character that changes; most of the code points are passed over so. */
const blockSize = 0x100
const surrogates = { first: 0xd800, last: 0xdfff } as const
/** Korean syllables are taken apart by arithmetic; there are eleven thousand of them. */
const syllables = { first: 0xac00, last: 0xd7a3 } as const
/** Below it every character has its entry, folded or not: alphabets in daily use are found without a long search. */
const dailyUseEnd = 0x530

/** Stands before each entry; no character that is looked up is it. */
const mark = '\u0001'

/** Entries of mark, character, two digits for the length of its folded form, and that form. */
function foldingEntries(): string {
  const found: string[] = []
  for (let first = 0; first < codePoints; first += blockSize) {
    const codes = Array.from({ length: blockSize }, (_, index) => first + index).filter(isLookedUp)
    const block = String.fromCodePoint(...codes)
    if (first >= dailyUseEnd && foldText(block) === block) continue
    for (const character of block) found.push(entryOf(character))
  }
  return found.join('')
}

function isLookedUp(code: number): boolean {
  if (code < 0x80 || (code >= surrogates.first && code <= surrogates.last)) return false
  return code < syllables.first || code > syllables.last
}

function entryOf(character: string): string {
  const folded = foldText(character)
  if (folded === character && character >= String.fromCodePoint(dailyUseEnd)) return ''
  const length = String([...folded].length).padStart(2, '0')
  return `${mark}${character}${length}${folded}`
}

let entries: string | undefined

const text = identifier('text')
const known = identifier('known')
const rest = identifier('rest')
const done = identifier('done')

/** The text in the folded form of stored columns; null stays null. */
export function foldSql(value: Sql, dialect: Dialect): Sql {
  entries ??= foldingEntries()
  const isPostgres = dialect.name === 'postgres'
  const bytes = isPostgres ? sql`octet_length(f.${text})` : sql`length(cast(f.${text} as blob))`
  const plain = isPostgres ? sql` collate "C"` : sql``
  const all = dialect.bound({ kind: 'text' }, entries)
  const step = sql`w.${done} || ${characterSql(sql`substr(w.${rest}, 1, 1)`, dialect)}`
  // The limit keeps both databases from computing the value once for every mention.
  return sql`(select case when f.${text} is null or ${bytes} = length(f.${text}) then lower(f.${text}) else (
    with recursive w(${rest}, ${done}) as (
      select f.${text}${plain}, ''${plain} union all
      select substr(w.${rest}, 2)${plain}, (${step})${plain} from w where w.${rest} <> '')
    select w.${done} from w where w.${rest} = '') end${plain}
    from (select ${value} as ${text}, ${all}${plain} as ${known} limit 1) as f)`
}

/** What becomes of one character. */
function characterSql(character: Sql, { name }: Dialect): Sql {
  const isPostgres = name === 'postgres'
  const [find, code, letter] = isPostgres
    ? [sql`strpos`, sql`ascii`, sql`chr`]
    : [sql`instr`, sql`unicode`, sql`char`]
  const at = sql`${find}(f.${known}, ${textLiteral(mark)} || ${character})`
  const length = sql`cast(substr(f.${known}, ${at} + 2, 2) as integer)`
  const place = sql`(${code}(${character}) - 44032)`
  return sql`case
    when ${code}(${character}) < 128 then lower(${character})
    when ${code}(${character}) between 44032 and 55203 then ${letter}(4352 + ${place} / 588)
      || ${letter}(4449 + ${place} % 588 / 28)
      || case when ${place} % 28 = 0 then '' else ${letter}(4519 + ${place} % 28) end
    when ${at} = 0 then ${character}
    else substr(f.${known}, ${at} + 4, ${length}) end`
}
