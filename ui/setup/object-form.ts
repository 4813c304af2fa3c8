/** The inputs for a new object, in four sections. */
import { html } from 'lit'
import type { TemplateResult } from 'lit'
import { t } from '../base/text.ts'
import type { DraftErrors } from './check-draft.ts'
import type { ApplicationBody, PermissionSetBody } from './component-bodies.ts'
import { checkControl, radioControl, selectControl, textControl } from './form-controls.ts'
import type { ObjectAccess, ObjectDraft } from './object-changes.ts'
import type { Component } from './setup-api.ts'
import { sharingChoices } from './sharing-choices.ts'

export interface ObjectForm {
  readonly draft: ObjectDraft
  readonly errors: DraftErrors
  readonly apps: readonly Component<ApplicationBody>[]
  readonly permissionSets: readonly Component<PermissionSetBody>[]
  change(change: Partial<ObjectDraft>): void
  relabel(label: string): void
}

export function objectForm(form: ObjectForm): TemplateResult {
  return html`
    <section class="section">
      <h2>${t('Names')}</h2>
      <div class="fields">${names(form)}</div>
    </section>
    <section class="section">
      <h2>${t('Record name')}</h2>
      <div class="fields">${recordName(form)}</div>
    </section>
    <section class="section">
      <h2>${t('Sharing and features')}</h2>
      <div class="fields">${features(form)}</div>
    </section>
    <section class="section">
      <h2>${t('Where it shows and who may use it')}</h2>
      <div class="fields">${tabs(form)}</div>
      <div class="fields">${form.permissionSets.map((set) => access(form, set))}</div>
    </section>
  `
}

function names({ draft, errors, change, relabel }: ObjectForm): TemplateResult {
  return html`
    ${textControl({
      name: 'label',
      label: t('Label'),
      hint: t('One of them, such as “Promise to pay”.'),
      value: draft.label,
      error: errors.get('label'),
      required: true,
      lengthMax: 80,
      onInput: relabel,
    })}
    ${textControl({
      name: 'pluralLabel',
      label: t('Plural label'),
      value: draft.pluralLabel,
      error: errors.get('pluralLabel'),
      required: true,
      lengthMax: 80,
      onInput: (pluralLabel) => change({ pluralLabel, pluralDerived: pluralLabel === '' }),
    })}
    ${textControl({
      name: 'apiName',
      label: t('API name'),
      hint: t('Used by the API, formulas and files.'),
      value: draft.apiName,
      error: errors.get('apiName'),
      required: true,
      mono: true,
      onInput: (apiName) => change({ apiName, nameDerived: apiName === '' }),
    })}
    ${textControl({
      name: 'description',
      label: t('Description'),
      hint: t('For administrators: what the object is for.'),
      value: draft.description,
      lengthMax: 1000,
      onInput: (description) => change({ description }),
    })}
  `
}

function recordName({ draft, errors, change }: ObjectForm): TemplateResult {
  return html`
    ${textControl({
      name: 'nameLabel',
      label: t('Label of the name'),
      value: draft.nameLabel,
      error: errors.get('nameLabel'),
      required: true,
      lengthMax: 80,
      onInput: (nameLabel) => change({ nameLabel, nameLabelDerived: nameLabel === '' }),
    })}
    ${radioControl({
      name: 'nameType',
      label: t('Kind of name'),
      value: draft.nameType,
      choices: [
        { value: 'Text', label: t('Text'), hint: t('People type it in.') },
        { value: 'AutoNumber', label: t('Auto number'), hint: t('The system counts.') },
      ],
      onInput: (value) => change({ nameType: value === 'AutoNumber' ? 'AutoNumber' : 'Text' }),
    })}
    ${
      draft.nameType === 'Text'
        ? ''
        : html`
            ${textControl({
              name: 'displayFormat',
              label: t('Display format'),
              hint: t('Zeros in braces stand for the number: {example}.', {
                example: 'INV-{00000}',
              }),
              value: draft.displayFormat,
              error: errors.get('displayFormat'),
              required: true,
              mono: true,
              onInput: (displayFormat) => change({ displayFormat }),
            })}
            ${textControl({
              name: 'startingNumber',
              label: t('First number'),
              value: draft.startingNumber,
              error: errors.get('startingNumber'),
              numeric: true,
              required: true,
              onInput: (startingNumber) => change({ startingNumber }),
            })}
          `
    }
  `
}

function features({ draft, change }: ObjectForm): TemplateResult {
  const choices = sharingChoices()
  return html`
    ${selectControl({
      name: 'sharingModel',
      label: t('Default access'),
      hint: t('What people may do with records that somebody else owns.'),
      value: draft.sharingModel,
      choices,
      onInput: (value) => {
        if (value === 'Private' || value === 'Read' || value === 'ReadWrite')
          change({ sharingModel: value })
      },
    })}
    <div class="choices">
      ${checkControl({
        name: 'searchable',
        label: t('Find in global search'),
        checked: draft.searchable,
        onInput: (searchable) => change({ searchable }),
      })}
      ${checkControl({
        name: 'allowActivities',
        label: t('Allow activities'),
        checked: draft.allowActivities,
        onInput: (allowActivities) => change({ allowActivities }),
      })}
      ${checkControl({
        name: 'trackHistory',
        label: t('Track field history'),
        checked: draft.trackHistory,
        onInput: (trackHistory) => change({ trackHistory }),
      })}
    </div>
  `
}

function tabs({ draft, apps, change }: ObjectForm): TemplateResult {
  return html`<fieldset class="field wide">
    <legend>${t('Add a tab to these apps')}</legend>
    <div class="choices">
      ${apps.map((app) =>
        checkControl({
          name: `app-${app.fullName}`,
          label: app.label,
          checked: draft.apps.has(app.fullName),
          onInput: (checked) => {
            const others = [...draft.apps].filter((name) => name !== app.fullName)
            change({ apps: new Set(checked ? [...others, app.fullName] : others) })
          },
        }),
      )}
    </div>
  </fieldset>`
}

const accessLevels: readonly ObjectAccess[] = ['none', 'read', 'edit', 'full']

function access(form: ObjectForm, set: Component<PermissionSetBody>): TemplateResult {
  const { draft, change } = form
  const labels: Readonly<Record<ObjectAccess, string>> = {
    none: t('No access'),
    read: t('Read'),
    edit: t('Read, create and edit'),
    full: t('Read, create, edit and delete'),
  }
  return selectControl({
    name: `access-${set.fullName}`,
    label: t('People with {set}', { set: set.label }),
    value: draft.access.get(set.fullName) ?? 'none',
    choices: accessLevels.map((level) => ({ value: level, label: labels[level] })),
    onInput: (value) => {
      const level = accessLevels.find((entry) => entry === value) ?? 'none'
      change({ access: new Map([...draft.access, [set.fullName, level]]) })
    },
  })
}
