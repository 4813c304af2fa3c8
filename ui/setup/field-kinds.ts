/** The kinds of field that the wizard offers, each with what its second step asks for. */
import { t } from '../base/text.ts'
import type { FieldBody } from './component-bodies.ts'
import { computedKinds } from './computed-kinds.ts'
import type { KindIcon } from './kind-icons.ts'
import type { KindName } from './kind-of.ts'

/** One question of the details step; the order here is the order on the page. */
export type Question =
  | 'length'
  | 'numberShape'
  | 'lookup'
  | 'lookupFilter'
  | 'values'
  | 'displayFormat'
  | 'mask'
  | 'visibleLines'
  | 'locationFormat'
  | 'formula'
  | 'summary'
  | 'textDefault'
  | 'numberDefault'
  | 'checkboxDefault'
  | 'formulaDefault'
  | 'required'
  | 'unique'
  | 'externalId'
  | 'index'
  | 'history'

export type KindGroup = 'text' | 'number' | 'choice' | 'time' | 'relation' | 'computed' | 'special'

export interface FieldKind {
  readonly type: KindName
  readonly label: string
  readonly purpose: string
  /** Other words people search by. */
  readonly words: readonly string[]
  readonly group: KindGroup
  readonly icon: KindIcon
  readonly questions: readonly Question[]
  /** What new fields of this kind start with. */
  readonly start: Omit<FieldBody, 'fullName' | 'type'>
}

export function fieldKinds(): readonly FieldKind[] {
  return [
    ...textKinds(),
    ...formedTextKinds(),
    ...numberKinds(),
    ...choiceKinds(),
    ...timeKinds(),
    ...relationKinds(),
    ...computedKinds(),
    ...specialKinds(),
  ]
}

export function fieldKind(type: string | undefined): FieldKind | undefined {
  return fieldKinds().find((kind) => kind.type === type)
}

export function groupLabel(group: KindGroup): string {
  const labels: Readonly<Record<KindGroup, string>> = {
    text: t('Text'),
    number: t('Numbers'),
    choice: t('Choices'),
    time: t('Dates and times'),
    relation: t('Relationships'),
    computed: t('Computed'),
    special: t('Special'),
  }
  return labels[group]
}

/** Every typed word must start or stand in the label, the purpose or one of the other words. */
export function findKinds(search: string): readonly FieldKind[] {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean)
  return fieldKinds().filter((kind) => {
    const heap = [kind.label, kind.type, kind.purpose, ...kind.words].join(' ').toLowerCase()
    return wanted.every((word) => heap.includes(word))
  })
}

function textKinds(): readonly FieldKind[] {
  return [
    {
      type: 'Text',
      label: t('Text'),
      purpose: t('A name, code or short note on one line, up to 255 characters.'),
      words: ['string', 'code', 'name', 'varchar'],
      group: 'text',
      icon: 'text',
      questions: ['length', 'textDefault', 'required', 'unique', 'externalId', 'index', 'history'],
      start: { length: 80 },
    },
    {
      type: 'TextArea',
      label: t('Text area'),
      purpose: t('A few lines of plain text, up to 255 characters.'),
      words: ['multiline', 'note'],
      group: 'text',
      icon: 'area',
      questions: ['textDefault', 'required', 'history'],
      start: {},
    },
    {
      type: 'LongTextArea',
      label: t('Long text area'),
      purpose: t('Descriptions and reports of many paragraphs; cannot be sorted by.'),
      words: ['multiline', 'description', 'memo', 'comment'],
      group: 'text',
      icon: 'longText',
      questions: ['length', 'visibleLines', 'history'],
      start: { length: 32768, visibleLines: 4 },
    },
    {
      type: 'Html',
      label: t('Rich text'),
      purpose: t('Formatted text with headings, lists and links.'),
      words: ['html', 'formatted', 'bold'],
      group: 'text',
      icon: 'richText',
      questions: ['length', 'visibleLines', 'history'],
      start: { length: 32768, visibleLines: 10 },
    },
  ]
}

function formedTextKinds(): readonly FieldKind[] {
  return [
    {
      type: 'EncryptedText',
      label: t('Encrypted text'),
      purpose: t('A secret such as a tax number: encrypted at rest, masked for most people.'),
      words: ['secret', 'masked', 'sensitive', 'iban', 'ssn'],
      group: 'text',
      icon: 'lock',
      questions: ['length', 'mask', 'required'],
      start: { length: 64, maskType: 'lastFour', maskChar: 'asterisk' },
    },
    {
      type: 'Email',
      label: t('Email'),
      purpose: t('An email address, checked for its form and opened by a click.'),
      words: ['mail', 'address'],
      group: 'text',
      icon: 'email',
      questions: ['textDefault', 'required', 'unique', 'externalId', 'index', 'history'],
      start: {},
    },
    {
      type: 'Phone',
      label: t('Phone'),
      purpose: t('A phone number that can be dialled by a click.'),
      words: ['telephone', 'mobile', 'fax', 'call'],
      group: 'text',
      icon: 'phone',
      questions: ['textDefault', 'required', 'index', 'history'],
      start: {},
    },
    {
      type: 'Url',
      label: t('Web address'),
      purpose: t('A link to a page, opened in a new tab.'),
      words: ['url', 'link', 'website'],
      group: 'text',
      icon: 'link',
      questions: ['textDefault', 'required', 'index', 'history'],
      start: {},
    },
  ]
}

function numberKinds(): readonly FieldKind[] {
  return [
    {
      type: 'Number',
      label: t('Number'),
      purpose: t('Counts and measures, exact to the decimals you choose.'),
      words: ['integer', 'decimal', 'quantity', 'double', 'count'],
      group: 'number',
      icon: 'number',
      questions: [
        'numberShape',
        'numberDefault',
        'required',
        'unique',
        'externalId',
        'index',
        'history',
      ],
      start: { precision: 18, scale: 0 },
    },
    {
      type: 'Currency',
      label: t('Currency'),
      purpose: t('An amount of money, exact to the cent.'),
      words: ['money', 'amount', 'price', 'euro', 'dollar'],
      group: 'number',
      icon: 'currency',
      questions: ['numberShape', 'numberDefault', 'required', 'index', 'history'],
      start: { precision: 18, scale: 2 },
    },
    {
      type: 'Percent',
      label: t('Percent'),
      purpose: t('A share or rate, shown with a percent sign.'),
      words: ['rate', 'ratio', 'share'],
      group: 'number',
      icon: 'percent',
      questions: ['numberShape', 'numberDefault', 'required', 'index', 'history'],
      start: { precision: 18, scale: 2 },
    },
  ]
}

function choiceKinds(): readonly FieldKind[] {
  return [
    {
      type: 'Checkbox',
      label: t('Checkbox'),
      purpose: t('Yes or no; never empty.'),
      words: ['boolean', 'flag', 'yes', 'no', 'true', 'false', 'toggle'],
      group: 'choice',
      icon: 'checkbox',
      questions: ['checkboxDefault', 'history'],
      start: { defaultValue: 'false' },
    },
    {
      type: 'Picklist',
      label: t('Picklist'),
      purpose: t('One value chosen from a list that you keep.'),
      words: ['dropdown', 'select', 'enum', 'status', 'option', 'list'],
      group: 'choice',
      icon: 'picklist',
      questions: ['values', 'required', 'index', 'history'],
      start: {},
    },
    {
      type: 'MultiselectPicklist',
      label: t('Multi-select picklist'),
      purpose: t('Any number of values from one list.'),
      words: ['tags', 'multiple', 'dropdown', 'select', 'list'],
      group: 'choice',
      icon: 'multiselect',
      questions: ['values', 'visibleLines', 'required', 'history'],
      start: { visibleLines: 4 },
    },
  ]
}

function timeKinds(): readonly FieldKind[] {
  return [
    {
      type: 'Date',
      label: t('Date'),
      purpose: t('A calendar day, the same in every time zone.'),
      words: ['day', 'birthday', 'due', 'deadline'],
      group: 'time',
      icon: 'date',
      questions: ['formulaDefault', 'required', 'index', 'history'],
      start: {},
    },
    {
      type: 'DateTime',
      label: t('Date and time'),
      purpose: t('A moment, shown in the time zone of whoever looks.'),
      words: ['timestamp', 'instant', 'appointment'],
      group: 'time',
      icon: 'dateTime',
      questions: ['formulaDefault', 'required', 'index', 'history'],
      start: {},
    },
    {
      type: 'Time',
      label: t('Time'),
      purpose: t('A time of day, such as an opening hour.'),
      words: ['hour', 'clock'],
      group: 'time',
      icon: 'time',
      questions: ['formulaDefault', 'required', 'index', 'history'],
      start: {},
    },
  ]
}

function relationKinds(): readonly FieldKind[] {
  return [
    {
      type: 'Lookup',
      label: t('Lookup'),
      purpose: t('A link to a record of this or another object; both can live alone.'),
      words: ['reference', 'relation', 'foreign key', 'parent', 'link'],
      group: 'relation',
      icon: 'lookup',
      questions: ['lookup', 'lookupFilter', 'required', 'history'],
      start: { deleteConstraint: 'SetNull' },
    },
    {
      type: 'MasterDetail',
      label: t('Master-detail'),
      purpose: t('This record belongs to a master and is deleted and shared with it.'),
      words: ['parent', 'child', 'reference', 'relation', 'owned'],
      group: 'relation',
      icon: 'masterDetail',
      questions: ['lookup', 'lookupFilter', 'history'],
      start: {},
    },
    {
      type: 'Hierarchy',
      label: t('Hierarchy'),
      purpose: t('A link from one person to another, such as the manager.'),
      words: ['manager', 'tree', 'parent', 'user'],
      group: 'relation',
      icon: 'hierarchy',
      questions: ['lookup', 'lookupFilter', 'history'],
      start: { referenceTo: ['User'] },
    },
  ]
}

function specialKinds(): readonly FieldKind[] {
  return [
    {
      type: 'AutoNumber',
      label: t('Auto number'),
      purpose: t('A running number such as INV-000123, given by the system.'),
      words: ['sequence', 'counter', 'id', 'serial'],
      group: 'special',
      icon: 'autoNumber',
      questions: ['displayFormat', 'externalId'],
      start: { displayFormat: '{0000}', startingNumber: 1 },
    },
    {
      type: 'Location',
      label: t('Location'),
      purpose: t('A point on the map: latitude and longitude.'),
      words: ['geo', 'latitude', 'longitude', 'map', 'gps'],
      group: 'special',
      icon: 'location',
      questions: ['locationFormat', 'required', 'history'],
      start: { scale: 6, displayLocationInDecimal: true },
    },
  ]
}
