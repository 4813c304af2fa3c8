/** Cards beside the related lists of a record; a new one is one entry here. Each is loaded when it is first shown. */
import { html } from 'lit'
import type { ObjectScreen } from '../../base/wire.ts'
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
    'files',
    {
      load: () => import('../../elements/file-card/file-card.ts'),
      render: ({ id, context }) =>
        html`<fs-file-card .recordId=${id} .context=${context}></fs-file-card>`,
    },
  ],
])

export function recordCards(record: CardRecord): readonly unknown[] {
  return (record.object.cards ?? []).flatMap((name) => {
    const card = cards.get(name)
    if (card === undefined) return []
    void card.load()
    return [card.render(record)]
  })
}
