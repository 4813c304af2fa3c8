/** The kinds of field whose values nobody enters. */
import { t } from '../base/text.ts'
import type { FieldKind } from './field-kinds.ts'

export function computedKinds(): readonly FieldKind[] {
  return [
    {
      type: 'Formula',
      label: t('Formula'),
      purpose: t('A value worked out from other fields, always up to date; nothing is stored.'),
      words: ['calculated', 'computed', 'expression', 'function'],
      group: 'computed',
      icon: 'formula',
      questions: ['formula'],
      start: {},
    },
    {
      type: 'Summary',
      label: t('Roll-up summary'),
      purpose: t(
        'How many child records there are, or the sum, least or greatest of their values.',
      ),
      words: ['rollup', 'aggregate', 'count', 'sum', 'total', 'minimum', 'maximum'],
      group: 'computed',
      icon: 'summary',
      questions: ['summary'],
      start: {},
    },
  ]
}
