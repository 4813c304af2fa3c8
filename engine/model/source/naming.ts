/** How components may be called. Names become file names, keys and parts of SQL identifiers. */
import { message, type Message } from '../../base/message.ts'
import { limits } from '../../base/limits.ts'
import type { Naming } from '../metadata-types.ts'
import { quote } from './body-problem.ts'
import { checkText } from './check-text.ts'

export interface NameProblem {
  readonly reason: Message
  readonly suggestion?: Message
}

const shippedNameCharsMax = 80
const developerNameCharsMax = 80
const textNameCharsMax = 255

/** What is wrong with a name of this kind, or undefined when it may be used. */
export function checkName(naming: Naming, name: string): NameProblem | undefined {
  if (reserved.has(name.toLowerCase())) {
    return {
      reason: message('the name {name} is reserved', { name: quote(name) }),
      suggestion: message('choose another name'),
    }
  }
  return checks[naming](name)
}

const checks: Readonly<Record<Naming, (name: string) => NameProblem | undefined>> = {
  object: (name) => checkApiName(name, objectName, limits.objectNameCharsMax),
  field: (name) => checkApiName(name, fieldName, limits.fieldNameCharsMax),
  developer: checkDeveloperName,
  text: checkTextName,
}

// Names that JavaScript finds on every object, and that promises and JSON look for.
const reserved: ReadonlySet<string> = new Set(
  [...Object.getOwnPropertyNames(Object.prototype), 'prototype', 'then', 'toJSON'].map((name) =>
    name.toLowerCase(),
  ),
)

// Names that databases keep for themselves, and the one that every record has.
const systemName = /^(?:id|rowid|oid|ctid|xmin|xmax|cmin|cmax|tableoid|(?:sqlite|pg)_.*)$/i

// The suffix says the kind: custom, metadata type, event, big object, external object, shares.
const objectName = /^(?<base>[A-Za-z](?:_?[A-Za-z0-9])*)(?<suffix>__(?:c|mdt|e|b|x|Share))?$/
const fieldName = /^(?<base>[A-Za-z](?:_?[A-Za-z0-9])*)(?<suffix>__c)?$/

function checkApiName(name: string, form: RegExp, customCharsMax: number): NameProblem | undefined {
  const parts = form.exec(name)?.groups
  const base = parts?.['base']
  const charsMax = parts?.['suffix'] === undefined ? shippedNameCharsMax : customCharsMax
  if (base === undefined || base.length > charsMax) return breaksApiRule(name, customCharsMax)
  if (!systemName.test(base)) return undefined
  const reason = message('the name {name} is kept for the database', { name: quote(name) })
  return { reason, suggestion: message('choose another name') }
}

function breaksApiRule(name: string, customCharsMax: number): NameProblem {
  const suggestion = message(
    'use letters, digits and single underscores, begin with a letter, do not end with an ' +
      'underscore; at most {most} characters before the __c of a name of your own, ' +
      '{mostWithout} in names without it',
    { most: customCharsMax, mostWithout: shippedNameCharsMax },
  )
  return { reason: message('the name {name} is not allowed', { name: quote(name) }), suggestion }
}

const developerName = /^[A-Za-z][A-Za-z0-9_]*$/

function checkDeveloperName(name: string): NameProblem | undefined {
  if (developerName.test(name) && name.length <= developerNameCharsMax) return undefined
  const suggestion = message(
    'use letters, digits and underscores, begin with a letter; at most {most} characters',
    { most: developerNameCharsMax },
  )
  return { reason: message('the name {name} is not allowed', { name: quote(name) }), suggestion }
}

function checkTextName(name: string): NameProblem | undefined {
  const fine =
    name !== '' &&
    name.trim() === name &&
    name.length <= textNameCharsMax &&
    !/[\t\n\r]/.test(name) &&
    checkText(name) === undefined
  if (fine) return undefined
  const suggestion = message('use one line of 1 to {most} characters without blanks around it', {
    most: textNameCharsMax,
  })
  return { reason: message('the name {name} is not allowed', { name: quote(name) }), suggestion }
}

/** Equal for names that people or file systems would take for the same. */
export function foldName(name: string): string {
  return name.normalize('NFC').toLowerCase().normalize('NFC')
}
