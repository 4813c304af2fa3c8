import { describe, expect, it } from 'vitest'
import { message } from '../../../engine/base/message.ts'
import { inBaseLanguage, inLanguage, languagesOf } from '../../../engine/language/in-language.ts'
import { say, spellIn } from '../../../engine/language/say.ts'
import { modelOf } from '../../support/model.ts'
import type { MetadataFile } from '../../support/test-objects.ts'

const files: readonly MetadataFile[] = [
  [
    'objects/Plan__c.json',
    {
      fullName: 'Plan__c',
      label: 'Plan',
      pluralLabel: 'Plans',
      nameField: { label: 'Plan Name', type: 'Text' },
      sharingModel: 'ReadWrite',
      fields: [
        {
          fullName: 'Stage__c',
          label: 'Stage',
          inlineHelpText: 'How far it is.',
          type: 'Picklist',
          valueSet: {
            restricted: true,
            valueSetDefinition: {
              sorted: false,
              value: [
                { fullName: 'open', label: 'Open', default: false },
                { fullName: 'shut', label: 'Closed', default: false },
              ],
            },
          },
        },
        {
          fullName: 'Colour__c',
          label: 'Colour',
          type: 'Picklist',
          valueSet: { restricted: true, valueSetName: 'Colours' },
        },
        {
          fullName: 'Season__c',
          label: 'Season',
          type: 'Picklist',
          valueSet: { restricted: true, valueSetName: 'Seasons' },
        },
        { fullName: 'Home__c', label: 'Home Address', type: 'Address' },
        { fullName: 'Note__c', label: 'Note', type: 'Text', length: 20 },
      ],
      validationRules: [
        {
          fullName: 'Open_Only',
          active: true,
          errorConditionFormula: 'false',
          errorMessage: 'The plan must be open.',
        },
      ],
      recordTypes: [{ fullName: 'Big', label: 'Big', active: true }],
      fieldSets: [{ fullName: 'Main', label: 'Main', displayedFields: [] }],
      listViews: [{ fullName: 'All', label: 'All Plans', filterScope: 'Everything' }],
    },
  ],
  [
    'layouts/Plan__c-Plan Layout.json',
    {
      fullName: 'Plan__c-Plan Layout',
      layoutSections: [{ label: 'Progress', style: 'OneColumn' }, { label: 'More' }],
    },
  ],
  [
    'globalValueSets/Colours.json',
    {
      fullName: 'Colours',
      masterLabel: 'Colours',
      sorted: false,
      customValue: [{ fullName: 'red', label: 'Red', default: false }],
    },
  ],
  [
    'globalValueSets/Seasons.json',
    {
      fullName: 'Seasons',
      masterLabel: 'Seasons',
      sorted: true,
      customValue: ['Autumn', 'Spring', 'Summer', 'Winter'].map((label) => ({
        fullName: label.toLowerCase(),
        label,
        default: false,
      })),
    },
  ],
  ['applications/Desk.json', { fullName: 'Desk', label: 'Desk', description: 'Work.', tabs: [] }],
  [
    'objectTranslations/Plan__c-de.json',
    {
      fullName: 'Plan__c-de',
      caseValues: [
        { plural: false, caseType: 'Genitive', value: 'Plans' },
        { plural: false, value: 'Plan (de)' },
        { plural: true, value: 'Pläne' },
      ],
      nameFieldLabel: 'Planname',
      fields: [
        {
          name: 'Stage__c',
          label: 'Phase',
          help: 'Wie weit er ist.',
          picklistValues: [
            { masterLabel: 'Open', translation: 'Offen' },
            { masterLabel: 'Closed', translation: '' },
          ],
        },
        { name: 'Home__c', label: 'Wohnsitz' },
      ],
      layouts: [
        { layout: 'Plan Layout', sections: [{ section: 'Progress', label: 'Fortschritt' }] },
      ],
      validationRules: [{ name: 'Open_Only', errorMessage: 'Der Plan muss offen sein.' }],
      recordTypes: [{ name: 'Big', label: 'Groß' }],
      fieldSets: [{ name: 'Main', label: 'Hauptfelder' }],
      listViews: [{ name: 'All', label: 'Alle Pläne' }],
    },
  ],
  [
    'objectTranslations/Plan__c-de_AT.json',
    { fullName: 'Plan__c-de_AT', fields: [{ name: 'Stage__c', label: 'Stand' }] },
  ],
  [
    'globalValueSetTranslations/Colours-de.json',
    {
      fullName: 'Colours-de',
      valueTranslation: [{ masterLabel: 'Red', translation: 'Rot' }],
    },
  ],
  [
    'globalValueSetTranslations/Seasons-de.json',
    {
      fullName: 'Seasons-de',
      valueTranslation: [
        { masterLabel: 'Autumn', translation: 'Übergang' },
        { masterLabel: 'Spring', translation: 'Frühling' },
        { masterLabel: 'Summer', translation: 'Sommer' },
      ],
    },
  ],
  [
    'translations/de.json',
    {
      fullName: 'de',
      customApplications: [{ name: 'Desk', label: 'Tisch', description: 'Arbeit.' }],
    },
  ],
]

const model = modelOf(files)
const german = inLanguage(model, 'de')

function plan(language: string) {
  const object = inLanguage(model, language).object('plan__C')
  if (object === undefined) throw new Error('no plan')
  return object
}

function field(language: string, name: string) {
  return plan(language).fields.find((one) => one.name === name)
}

describe('a model in another language', () => {
  it('says objects and fields in it, and the plain nominative of a name', () => {
    expect([plan('de').label, plan('de').labelPlural]).toEqual(['Plan (de)', 'Pläne'])
    expect(plan('de').nameField.label).toBe('Planname')
    expect(field('de', 'Stage__c')).toMatchObject({
      label: 'Phase',
      options: { label: 'Phase', inlineHelpText: 'Wie weit er ist.' },
    })
  })

  it('falls back text by text: an empty or missing one is that of the base language', () => {
    expect(field('de', 'Note__c')?.label).toBe('Note')
    expect(field('de', 'Stage__c')?.values.map((entry) => entry.label)).toEqual(['Offen', 'Closed'])
    expect(german.layoutsOf('Plan__c')[0]?.layoutSections?.map((one) => one.label)).toEqual([
      'Fortschritt',
      'More',
    ])
  })

  it('takes the texts of a region first, then those of its language', () => {
    expect(field('de_AT', 'Stage__c')?.label).toBe('Stand')
    expect(field('de_AT', 'Stage__c')?.options.inlineHelpText).toBe('Wie weit er ist.')
    expect(plan('de_AT').labelPlural).toBe('Pläne')
  })

  it('says shared values, headings, views, rules, record types, field sets and applications', () => {
    expect(field('de', 'Colour__c')?.values[0]).toMatchObject({ value: 'red', label: 'Rot' })
    expect(plan('de').recordTypes).toMatchObject([{ name: 'Big', label: 'Groß' }])
    expect(plan('de').declaration).toMatchObject({
      validationRules: [{ errorMessage: 'Der Plan muss offen sein.' }],
      recordTypes: [{ label: 'Groß' }],
      fieldSets: [{ label: 'Hauptfelder' }],
      listViews: [{ label: 'Alle Pläne' }],
    })
    expect([...german.components('CustomApplication')][0]?.body).toMatchObject({
      label: 'Tisch',
      description: 'Arbeit.',
    })
  })

  it('sorts values by their labels in it where a list is sorted, and stores them as before', () => {
    const season = field('de', 'Season__c')
    const labels = ['Frühling', 'Sommer', 'Übergang', 'Winter']
    expect(season?.values.map(({ label }) => label)).toEqual(labels)
    expect(season?.options.values?.map(({ value }) => value)).toEqual(
      field('en_US', 'Season__c')?.values.map(({ value }) => value),
    )
    expect(field('fr', 'Season__c')?.values[0]?.label).toBe('Autumn')
    expect(field('de', 'Stage__c')?.values.map(({ value }) => value)).toEqual(['open', 'shut'])
  })

  it('has words of its own for what every object has', () => {
    expect(field('de', 'CreatedDate')?.label).toBe('Erstellt am')
    expect(field('es', 'CreatedDate')?.label).toBe('Fecha de creación')
    expect(field('de', 'Home__Street__s')?.label).toBe('Wohnsitz (Straße)')
  })

  it('keeps everything that is no text, and the order of fields', () => {
    const base = model.object('Plan__c')
    expect(plan('de').fields.map((one) => one.name)).toEqual(base?.fields.map((one) => one.name))
    expect(plan('de').fieldsByName.get('stage__c')).toBe(field('de', 'Stage__c'))
    expect(field('de', 'Stage__c')?.columns).toBe(base?.fieldsByName.get('stage__c')?.columns)
    expect(plan('de').table).toBe(base?.table)
  })

  it('is made once, leads back to its base, and is the base where there are no words', () => {
    expect(inLanguage(model, 'de')).toBe(german)
    expect(inLanguage(german, 'en_US')).toBe(model)
    expect(inLanguage(model, 'fr')).toBe(model)
    expect(inBaseLanguage(german)).toBe(model)
    expect(plan('de')).toBe(plan('de'))
    expect([...languagesOf(model)]).toEqual(expect.arrayContaining(['en_US', 'de', 'de_AT', 'es']))
  })

  it('keeps the translation of an object that a new version did not change', () => {
    const again = modelOf([...files, ['roles/Boss.json', { fullName: 'Boss', name: 'Boss' }]], 2)
    expect(inLanguage(again, 'de').object('Plan__c')?.label).toBe('Plan (de)')
  })
})

describe('messages', () => {
  it('are said in the language of the model, labels in them too', () => {
    const told = message('This needs the permission {permission}.', {
      permission: { text: 'Stage', object: 'Plan__c', part: 'field', name: 'Stage__c' },
    })
    expect(spellIn(german, told)).toBe('Dafür ist die Berechtigung Phase nötig.')
    expect(spellIn(model, told)).toBe('This needs the permission Stage.')
  })

  it('say a rule in its translation, and what has no translation as it stands', () => {
    const rule = { text: 'x', object: 'Plan__c', part: 'rule', name: 'Open_Only' } as const
    expect(say(german, '{rule}', { rule })).toBe('Der Plan muss offen sein.')
    expect(say(german, 'Nobody translated {n} of this.', { n: 2 })).toBe(
      'Nobody translated 2 of this.',
    )
  })

  it('never take a value for a place', () => {
    expect(say(german, '{a} {b}', { a: '{b}', b: 'x' })).toBe('{b} x')
  })
})
