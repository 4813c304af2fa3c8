/** The user's own open tasks of the coming week, overdue ones first; each can be ticked off where it stands. */
import { html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { records } from '../../api.ts'
import { errorText } from '../../base/api-error.ts'
import { objectOfId } from '../../base/app-context.ts'
import { FsElement } from '../../base/element.ts'
import { formatDate } from '../../base/formats.ts'
import type { FormatContext } from '../../base/formats.ts'
import { live } from '../../base/live.ts'
import { paths } from '../../base/navigation.ts'
import { objectScreen } from '../../base/object-store.ts'
import { textLiteral } from '../../base/soql.ts'
import { t } from '../../base/text.ts'
import { Turns } from '../../base/turns.ts'
import type { AppScreen, ObjectInfo } from '../../base/wire.ts'
import '../../elements/icon/icon.ts'
import '../../elements/skeleton/skeleton.ts'
import { showToast } from '../../elements/toast/toast.ts'
import { dayIn, dueTaskOf, groupByDue } from './due-tasks.ts'
import type { DueTask } from './due-tasks.ts'
import { homeCardStyles } from './home-card.styles.ts'

const tasksMax = 50
const done = 'Completed'
const refreshPauseMs = 400

@customElement('fs-my-tasks')
export class FsMyTasks extends FsElement {
  static override styles = homeCardStyles

  @property({ attribute: false }) screen: AppScreen | undefined
  @property({ attribute: false }) format: FormatContext | undefined
  @property() app = 'all'
  @state() private tasks: readonly DueTask[] | undefined
  @state() private problem = ''
  @state() private mayEdit = false
  #stop: (() => void) | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #turns = new Turns()

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stop = live.onRecord((event) => {
      if (event.object !== 'Task') return
      clearTimeout(this.#timer)
      this.#timer = setTimeout(() => void this.#load(), refreshPauseMs)
    })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop?.()
    clearTimeout(this.#timer)
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('screen') && this.screen) void this.#load()
  }

  async #load(): Promise<void> {
    const userId = this.screen?.user.id
    if (userId === undefined) return
    const isLatest = this.#turns.next()
    try {
      const { describe } = await objectScreen('Task')
      const soql = tasksOf(describe, userId)
      const rows = soql === undefined ? [] : (await records.query(soql)).records
      if (!isLatest()) return
      this.tasks = rows.map(dueTaskOf)
      this.mayEdit = describe.updateable
      this.problem = ''
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    return html`<section class="card" aria-labelledby="heading">
      <header>
        <h2 id="heading"><a href=${paths.list(this.app, 'Task')}>${t('My tasks')}</a></h2>
        <a
          class="icon-button small"
          href=${paths.create(this.app, 'Task')}
          aria-label=${t('New {object}', { object: t('Task') })}
          title=${t('New {object}', { object: t('Task') })}
          ><fs-icon name="plus"></fs-icon
        ></a>
      </header>
      ${this.#body()}
    </section>`
  }

  #body(): unknown {
    if (this.problem !== '') return html`<p class="soft none">${this.problem}</p>`
    if (!this.tasks) return html`<fs-skeleton lines="4"></fs-skeleton>`
    if (this.tasks.length === 0) {
      return html`<p class="soft none">${t('Nothing is due in the next seven days.')}</p>`
    }
    const today = dayIn(this.format?.timeZone ?? 'UTC', new Date())
    const groups = groupByDue(this.tasks, today)
    return [
      this.#group(t('Overdue'), groups.overdue, 'late'),
      this.#group(t('Today'), groups.today),
      this.#group(t('Next seven days'), groups.later),
    ]
  }

  #group(label: string, tasks: readonly DueTask[], kind = ''): unknown {
    if (tasks.length === 0) return nothing
    return html`<h3 class=${kind}>${label} (${tasks.length})</h3>
      <ul role="list">
        ${tasks.map((task) => this.#task(task, kind))}
      </ul>`
  }

  #task(task: DueTask, kind: string): unknown {
    const about = task.about
    const object = about === undefined ? undefined : objectOfId(this.screen, about.id)
    return html`<li>
      ${
        this.mayEdit
          ? html`<button
              class="icon-button small"
              aria-label=${t('Mark {name} as done', { name: task.subject })}
              title=${t('Mark as done')}
              @click=${() => void this.#finish(task)}
            >
              <fs-icon name="check-circle"></fs-icon>
            </button>`
          : nothing
      }
      <span class="what">
        <a href=${paths.record(this.app, 'Task', task.id)}>${task.subject}</a>
        ${
          about && object
            ? html`<a class="soft small" href=${paths.record(this.app, object.name, about.id)}
                >${about.name}</a
              >`
            : nothing
        }
      </span>
      ${task.isHigh ? html`<span class="high small">${t('High priority')}</span>` : nothing}
      <span class="soft small ${kind}"
        >${this.format ? formatDate(task.due, this.format) : task.due}</span
      >
    </li>`
  }

  async #finish(task: DueTask): Promise<void> {
    try {
      const before = await records.query(
        `SELECT Status FROM Task WHERE Id = ${textLiteral(task.id)}`,
      )
      await records.update('Task', task.id, { Status: done })
      const status = before.records[0]?.['Status'] ?? null
      showToast({
        kind: 'success',
        text: t('{name} is done.', { name: task.subject }),
        action: {
          label: t('Undo'),
          run: () => void this.#save(task, { Status: status }),
        },
      })
    } catch (error) {
      showToast({ kind: 'error', text: errorText(error) })
    }
    await this.#load()
  }

  async #save(task: DueTask, body: Parameters<typeof records.update>[2]): Promise<void> {
    try {
      await records.update('Task', task.id, body)
    } catch (error) {
      showToast({ kind: 'error', text: errorText(error) })
    }
    await this.#load()
  }
}

/** Undefined where the user may not read what makes a task due. */
function tasksOf(describe: ObjectInfo, userId: string): string | undefined {
  const readable = new Set(describe.fields.map(({ name }) => name))
  if (!['ActivityDate', 'IsClosed', 'OwnerId'].every((name) => readable.has(name))) return undefined
  const about = ['What', 'Who'].flatMap((relation) =>
    readable.has(`${relation}Id`) ? [`${relation}Id`, `${relation}.Name`] : [],
  )
  const fields = ['Id', 'Subject', 'ActivityDate', ...about]
  if (readable.has('Priority')) fields.push('Priority')
  return `SELECT ${fields.join(', ')} FROM Task WHERE OwnerId = ${textLiteral(userId)} AND IsClosed = false AND ActivityDate <= NEXT_N_DAYS:7 ORDER BY ActivityDate, Id LIMIT ${tasksMax}`
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-my-tasks': FsMyTasks
  }
}
