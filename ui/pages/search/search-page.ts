/** What a search finds: by object, with the columns of its search layout; text and object stand in the address. */
import { html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { records } from '../../api.ts'
import { errorText } from '../../base/api-error.ts'
import { findObject } from '../../base/app-context.ts'
import { fieldOf } from '../../base/form-state.ts'
import { paths, setPageTitle } from '../../base/navigation.ts'
import { objectScreen } from '../../base/object-store.ts'
import { PageElement } from '../../base/page-element.ts'
import { recall } from '../../base/preferences.ts'
import { beginnings, markedText } from '../../base/search-words.ts'
import { columnPaths, listQuery, textLiteral } from '../../base/soql.ts'
import { t } from '../../base/text.ts'
import type { FieldInfo, ObjectSummary, WireRecord } from '../../base/wire.ts'
import '../../elements/object-icon/object-icon.ts'
import '../../elements/empty-state/empty-state.ts'
import { renderValue } from '../../elements/field-value/render-value.ts'
import '../../elements/page-header/page-header.ts'
import '../../elements/skeleton/skeleton.ts'
import { searchPageStyles } from './search-page.styles.ts'

/** The finds of one object. */
interface Group {
  readonly object: ObjectSummary
  readonly hits: readonly WireRecord[]
  readonly more: boolean
  readonly columns: readonly FieldInfo[]
  /** What stands in the columns, by id. */
  readonly rows: ReadonlyMap<string, WireRecord>
}

interface Found {
  readonly groups: readonly Group[]
  readonly corrected: string | undefined
}

const eachOfMany = 5
const eachOfOne = 100
const columnsMax = 6

@customElement('fs-search-page')
export class FsSearchPage extends PageElement {
  static override styles = searchPageStyles

  @state() private found: Found | undefined
  @state() private problem = ''
  #asked = 0

  protected override willUpdate(changed: PropertyValues): void {
    if ((changed.has('location') || changed.has('screen')) && this.location && this.screen) {
      void this.#load()
    }
  }

  get #text(): string {
    return (this.location?.query.get('q') ?? '').trim()
  }

  get #object(): string {
    return this.location?.query.get('object') ?? ''
  }

  async #load(): Promise<void> {
    const asked = ++this.#asked
    setPageTitle(this.#text, t('Search'))
    this.found = undefined
    this.problem = ''
    try {
      const found = await this.#find()
      if (asked === this.#asked) this.found = found
    } catch (error) {
      if (asked === this.#asked) this.problem = errorText(error)
    }
  }

  async #find(): Promise<Found> {
    if (this.#text === '') return { groups: [], corrected: undefined }
    const object = this.#object
    const each = object === '' ? eachOfMany : eachOfOne
    const words = beginnings(this.#text)
    const answer = await records.search({ words, each: each + 1, object })
    const byObject = new Map<string, readonly WireRecord[]>()
    for (const hit of answer.searchRecords) {
      const name = hit.attributes?.type ?? ''
      byObject.set(name, [...(byObject.get(name) ?? []), hit])
    }
    const groups = await Promise.all([...byObject].map((entry) => this.#group(entry, each)))
    const corrected = (answer.corrected ?? '').replace(/[*"]/g, '')
    return {
      groups: groups.filter((group) => group !== undefined),
      corrected: corrected === '' ? undefined : corrected,
    }
  }

  async #group(
    [name, all]: readonly [string, readonly WireRecord[]],
    each: number,
  ): Promise<Group | undefined> {
    const object = findObject(this.screen, name)
    if (!object) return undefined
    const hits = all.slice(0, each)
    const screen = await objectScreen(name)
    const columns = screen.searchColumns
      .slice(0, columnsMax)
      .flatMap((column) => fieldOf(screen.describe, column) ?? [])
    const ids = hits.map((hit) => textLiteral(hit.Id ?? ''))
    const soql = listQuery({
      object: name,
      fields: columns.flatMap(columnPaths),
      where: [`Id IN (${ids.join()})`],
      orderBy: [],
      limit: hits.length,
      offset: 0,
    })
    const answer = await records.query(soql)
    const rows = new Map(answer.records.map((record) => [record.Id ?? '', record]))
    return { object, hits, more: all.length > each, columns, rows }
  }

  protected override render(): unknown {
    const text = this.#text
    return html`<div class="page">
      <fs-page-header
        icon="search"
        .above=${t('Search')}
        .heading=${text === '' ? t('Search all records') : t('Results for “{text}”', { text })}
      ></fs-page-header>
      <p class="visually-hidden" role="status">${this.#status()}</p>
      ${this.#content()}
    </div>`
  }

  #status(): string {
    if (!this.found) return ''
    const count = this.found.groups.reduce((sum, { hits }) => sum + hits.length, 0)
    return t('{count, plural, one {# record} other {# records}} found', { count })
  }

  #content(): unknown {
    if (this.problem !== '') {
      return html`<fs-empty-state
        class="card"
        icon="search"
        .heading=${t('This cannot be searched')}
        .text=${this.problem}
      ></fs-empty-state>`
    }
    const { found } = this
    if (!found) return html`<div class="card"><fs-skeleton lines="8"></fs-skeleton></div>`
    if (found.groups.length === 0) return this.#empty()
    return html`<div class="columns">
      ${this.#objects(found)}
      <div class="results">
        ${this.#meant(found)} ${found.groups.map((group) => this.#section(group))}
      </div>
    </div>`
  }

  #empty(): unknown {
    const object = findObject(this.screen, this.#object)
    return html`<fs-empty-state
      class="card"
      icon="search"
      .heading=${t('Nothing found')}
      .text=${
        this.#text === ''
          ? t('Type at least two letters into the search above.')
          : t('Try fewer or other words, or the beginning of a word.')
      }
    >
      ${
        object
          ? html`<a class="button" href=${paths.search(this.#text)}>${t('Search all objects')}</a>`
          : nothing
      }
    </fs-empty-state>`
  }

  #meant({ corrected }: Found): unknown {
    if (corrected === undefined) return nothing
    return html`<p class="card meant">
      ${t('Nothing has “{text}”. These records have similar words.', { text: this.#text })}
      <a href=${paths.search(corrected, this.#object)}
        >${t('Did you mean “{text}”?', { text: corrected })}</a
      >
    </p>`
  }

  #objects({ groups }: Found): unknown {
    const one = this.#object
    return html`<nav class="card objects" aria-label=${t('Objects')}>
      <a href=${paths.search(this.#text)} aria-current=${one === '' ? 'page' : nothing}
        >${t('All results')}</a
      >
      ${groups.map(
        ({ object, hits, more }) =>
          html`<a
            href=${paths.search(this.#text, object.name)}
            aria-current=${object.name === one ? 'page' : nothing}
            ><span>${object.labelPlural}</span
            ><span class="soft">${hits.length}${more ? '+' : ''}</span></a
          >`,
      )}
    </nav>`
  }

  #section(group: Group): unknown {
    const { object, hits, more, columns } = group
    const showAll = more && this.#object === ''
    return html`<section class="card" aria-labelledby="of-${object.name}">
      <header>
        <h2 class="of-object" id="of-${object.name}">
          <fs-object-icon object=${object.name}></fs-object-icon>${object.labelPlural}
        </h2>
        ${
          showAll
            ? html`<a href=${paths.search(this.#text, object.name)}
                >${t('Show all {objects}', { objects: object.labelPlural })}</a
              >`
            : nothing
        }
      </header>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              ${columns.map((column) => html`<th scope="col">${column.label}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${hits.map((hit) => this.#row(group, hit))}
          </tbody>
        </table>
      </div>
    </section>`
  }

  #row({ object, columns, rows }: Group, hit: WireRecord): unknown {
    const row = rows.get(hit.Id ?? '')
    const { screen } = this
    if (!row || !screen) return nothing
    const context = { screen, app: this.#app, format: this.format, dense: true }
    const [, ...others] = columns
    const name = hit[`highlight.${object.nameField}`]
    const excerpt = hit['snippet.text']
    const shown =
      typeof name === 'string' ? markedText(name) : String(hit[object.nameField] ?? hit.Id)
    return html`<tr>
      <td>
        <a href=${paths.record(this.#app, object.name, hit.Id ?? '')}>${shown}</a>
        ${
          typeof excerpt === 'string' && excerpt !== name
            ? html`<span class="excerpt">${markedText(excerpt)}</span>`
            : nothing
        }
      </td>
      ${others.map(
        (column) =>
          html`<td>
            <span class="label">${column.label}</span>${renderValue(column, row, context)}
          </td>`,
      )}
    </tr>`
  }

  /** The address of a search names no app: records open in the one that was used last. */
  get #app(): string {
    return recall('app') ?? this.screen?.apps[0]?.name ?? 'all'
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-search-page': FsSearchPage
  }
}
