/** Cards beside the related lists of a record; a new one is one entry here. Each is loaded when it is first shown. */
import { html } from 'lit'
import type { ObjectScreen, RelatedList } from '../../base/wire.ts'
import type { ValueContext } from '../../elements/field-value/render-value.ts'

export interface CardRecord {
  readonly object: ObjectScreen
  readonly id: string
  readonly context: ValueContext
}

interface RecordCard {
  load(): Promise<unknown>
  render(record: CardRecord): unknown
}

const cards: ReadonlyMap<string, RecordCard> = new Map<string, RecordCard>([
  [
    'timeline',
    {
      load: () => import('../../elements/timeline/timeline.ts'),
      render: ({ object, id, context }) =>
        html`<fs-timeline
          .object=${object.describe.name}
          .recordId=${id}
          .context=${context}
        ></fs-timeline>`,
    },
  ],
  [
    'participants',
    {
      load: () => import('../../elements/participants/participants-card.ts'),
      render: ({ object, id, context }) =>
        html`<fs-participants-card
          .object=${object}
          .recordId=${id}
          .context=${context}
        ></fs-participants-card>`,
    },
  ],
  [
    'files',
    {
      load: () => import('../../elements/file-card/file-card.ts'),
      render: ({ id, context }) =>
        html`<fs-file-card .recordId=${id} .context=${context}></fs-file-card>`,
    },
  ],
])

/** The related lists whose records no card and no panel shows already. */
export function listsBesideCards(object: ObjectScreen): readonly RelatedList[] {
  const { cards = [], participants, layout, describe } = object
  const isShown = ({ object: name }: RelatedList): boolean =>
    (cards.includes('timeline') && activities.has(name)) ||
    name === participants?.object ||
    name === shownByPanel.get(describe.name)
  return layout.relatedLists.filter((list) => !isShown(list))
}

const activities: ReadonlySet<string> = new Set(['Event', 'Task'])

/** By the object of the record: whose records its panel shows, and makes. */
const shownByPanel: ReadonlyMap<string, string> = new Map([
  ['ActionPlan', 'ActionPlanItem'],
  ['ActionPlanTemplateVersion', 'ActionPlanTemplateItem'],
])

export function recordCards(record: CardRecord): readonly unknown[] {
  return (record.object.cards ?? []).flatMap((name) => {
    const card = cards.get(name)
    if (card === undefined) return []
    void card.load()
    return [card.render(record)]
  })
}
