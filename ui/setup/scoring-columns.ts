/** The columns of the list of scoring rules. */
import { html } from 'lit'
import { t } from '../base/text.ts'
import type { Column } from '../elements/setup-table/setup-table.ts'
import type { ScoringRow } from './scoring-draft.ts'

export function scoringColumns(pathOf: (name: string) => string): readonly Column<ScoringRow>[] {
  return [
    {
      key: 'label',
      label: t('Rule'),
      sortValue: (row) => row.label,
      cell: (row) => html`<a href=${pathOf(row.fullName)}>${row.label}</a>`,
    },
    {
      key: 'object',
      label: t('Object'),
      sortValue: (row) => row.object,
      cell: (row) => html`<span class="mono">${row.object}</span>`,
    },
    {
      key: 'entries',
      label: t('Entries'),
      numeric: true,
      sortValue: (row) => row.rule.ruleEntry?.length ?? 0,
      cell: (row) => row.rule.ruleEntry?.length ?? 0,
    },
    {
      key: 'active',
      label: t('Active'),
      sortValue: (row) => Number(row.rule.active !== false),
      cell: (row) => (row.rule.active === false ? t('No') : t('Yes')),
    },
  ]
}
