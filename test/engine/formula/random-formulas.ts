/** Formulas made at random, well typed, over the fields of the sample object. */
import fc from 'fast-check'

type Kind = 'number' | 'text' | 'boolean' | 'date' | 'datetime'
type Builder = fc.Arbitrary<string>

function call(name: string, ...args: readonly Builder[]): Builder {
  return fc.tuple(...args).map((texts) => `${name}(${texts.join(', ')})`)
}

function infix(sign: string, left: Builder, right: Builder): Builder {
  return fc.tuple(left, right).map(([one, other]) => `(${one} ${sign} ${other})`)
}

const leaves: Readonly<Record<Kind, Builder>> = {
  number: fc.constantFrom('Small', 'Share', '0', '1', '2.5', '-3', '7', '100', 'LEN(Name)'),
  text: fc.constantFrom('Name', 'Code', '""', '"a"', '"12.5"', 'TEXT(Status)'),
  boolean: fc.constantFrom('Active', 'TRUE', 'FALSE', 'ISPICKVAL(Status, "Open")'),
  date: fc.constantFrom('Start', 'Finish', 'DATE(2024, 2, 29)', 'TODAY()'),
  datetime: fc.constantFrom('Created', 'Closed', 'NOW()'),
}

/** A formula of the kind, at most so many levels deep. */
export function randomFormula(kind: Kind, depth: number): Builder {
  if (depth === 0) return leaves[kind]
  const of = (inner: Kind): Builder => randomFormula(inner, depth - 1)
  return fc.oneof(leaves[kind], common(kind, of), ...special[kind](of))
}

type Of = (kind: Kind) => Builder

function common(kind: Kind, of: Of): Builder {
  return fc.oneof(
    call('IF', of('boolean'), of(kind), of(kind)),
    call('BLANKVALUE', of(kind), of(kind)),
    call('CASE', fc.constant('Status'), fc.constant('"Open"'), of(kind), of(kind)),
    call(
      'CASE',
      fc.constantFrom('LEN(Code)', 'MONTH(Start)'),
      fc.constant('2'),
      of(kind),
      of(kind),
    ),
  )
}

const special: Readonly<Record<Kind, (of: Of) => readonly Builder[]>> = {
  number: (of) => [
    infix('+', of('number'), of('number')),
    infix('-', of('number'), of('number')),
    infix('*', of('number'), leaves.number),
    infix('/', of('number'), leaves.number),
    call('ROUND', of('number'), fc.constantFrom('0', '1', '2', '-1')),
    call('FLOOR', of('number')),
    call('CEILING', of('number')),
    call('MFLOOR', of('number')),
    call('ABS', of('number')),
    call('MOD', of('number'), fc.constantFrom('3', '2.5', 'Small')),
    call('VALUE', of('text')),
    call('FIND', of('text'), of('text')),
    call('YEAR', of('date')),
    call('WEEKDAY', of('date')),
    infix('-', of('date'), of('date')),
    infix('-', of('datetime'), of('datetime')),
  ],
  text: (of) => [
    infix('&', of('text'), of('text')),
    call('TEXT', of('number')),
    call('TEXT', of('date')),
    call('TEXT', of('datetime')),
    call('LEFT', of('text'), of('number')),
    call('MID', of('text'), fc.constantFrom('1', '2'), of('number')),
    call('SUBSTITUTE', of('text'), of('text'), of('text')),
    call('TRIM', of('text')),
    call('LPAD', of('text'), fc.constantFrom('3', '10'), of('text')),
  ],
  boolean: (of) => [
    infix('&&', of('boolean'), of('boolean')),
    infix('||', of('boolean'), of('boolean')),
    call('NOT', of('boolean')),
    infix('=', of('text'), of('text')),
    infix('<', of('text'), of('text')),
    infix('>', of('number'), of('number')),
    infix('<>', of('number'), of('number')),
    infix('<=', of('date'), of('date')),
    infix('>=', of('datetime'), of('datetime')),
    call('ISBLANK', of('text')),
    call('ISBLANK', of('number')),
    call('ISBLANK', of('date')),
    call('CONTAINS', of('text'), of('text')),
    call('BEGINS', of('text'), of('text')),
    call('ISNUMBER', of('text')),
  ],
  date: (of) => [
    infix('+', of('date'), leaves.number),
    infix('-', of('date'), of('number')),
    call('ADDMONTHS', of('date'), leaves.number),
    call('DATEVALUE', of('datetime')),
    call(
      'DATE',
      call('YEAR', of('date')),
      fc.constantFrom('1', '2', '13'),
      fc.constantFrom('1', '29'),
    ),
  ],
  datetime: (of) => [infix('+', of('datetime'), of('number')), call('DATETIMEVALUE', of('date'))],
}

export const anyFormula: Builder = fc
  .constantFrom<Kind>('number', 'text', 'boolean', 'date', 'datetime')
  .chain((kind) => randomFormula(kind, 3))
