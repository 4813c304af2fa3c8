/** What formulas see beside the record: the caller, the clock, the organisation. */
import { labelText } from '../../language/label-text.ts'
import type { Model } from '../../model/model.ts'
import { compileFirstId } from '../../query/compile-rows.ts'
import { timeZone } from '../../query/time-zone.ts'
import type { Caller } from '../records.ts'
import type { FormulaNeeds } from './formula-needs.ts'
import type { FormulaRow, Surroundings } from './formula-row.ts'
import { formulaRow, loadRows, type RowReader, type RowsById } from './load-rows.ts'
import { loadSettings, type SettingValues } from './load-settings.ts'

export interface Known {
  readonly now: number
  readonly user?: FormulaRow | undefined
  readonly organization?: FormulaRow | undefined
  readonly settings?: SettingValues | undefined
  readonly lookUp?: Surroundings['lookUp']
}

/** Without anything read, of the user nothing but the id is known. */
export function surroundingsOf(model: Model, caller: Caller, known: Known): Surroundings {
  return {
    model,
    now: known.now,
    // Most rules never look at a calendar, and a table takes time to make.
    get zone() {
      return timeZone(caller.timeZone)
    },
    user: known.user ?? callerRow(model, caller),
    organization: known.organization,
    settings: known.settings ?? noSettings,
    ...(known.lookUp === undefined ? {} : { lookUp: known.lookUp }),
    labelText: (name) => labelText(model, caller.language, name),
    mayCustom: (name) => caller.access.hasCustom(name),
  }
}

const noSettings: SettingValues = new Map()

function callerRow(model: Model, { userId }: Caller): FormulaRow | undefined {
  const object = model.object('User')
  return object && formulaRow(object, (field) => (field.name === 'Id' ? userId : null), new Map())
}

/** The records of the users and of the organisation, and their settings, as far as formulas look at them. */
export interface GlobalRows {
  readonly users: RowsById
  readonly organization: FormulaRow | undefined
  /** By user. */
  readonly settings: ReadonlyMap<string, SettingValues>
}

/** What is known of one of the users that were asked for. */
export function knownOf(
  { users, organization, settings }: GlobalRows,
  userId: string,
): Omit<Known, 'now'> {
  return { user: users.get(userId), organization, settings: settings.get(userId) }
}

export async function loadGlobals(
  reader: RowReader,
  {
    model,
    needs,
    userIds,
  }: {
    readonly model: Model
    readonly needs: Pick<FormulaNeeds, 'user' | 'organization' | 'settings'>
    readonly userIds: readonly string[]
  },
): Promise<GlobalRows> {
  // Who the user is does not change while a record is saved; what is said of him needs no lock.
  const unlocked = { ...reader, locks: false }
  const { user, organization } = needs
  const users =
    user === undefined ? new Map() : await loadRows(unlocked, { model, needs: user, ids: userIds })
  const settings = await loadSettings(unlocked, { model, needs: needs.settings, userIds })
  if (organization === undefined) return { users, organization: undefined, settings }
  const found = await reader.read(compileFirstId(organization.object), {})
  const ids = found.map((row) => String(row['id']))
  const rows = await loadRows(unlocked, { model, needs: organization, ids })
  return { users, organization: [...rows.values()][0], settings }
}
