/** Components that are lists of names out of many: who administers whom, and what limits a program. */
import { metadata } from '../api.ts'
import { t } from '../base/text.ts'
import type { IconName } from '../elements/icon/icon.ts'
import type { ConnectedAppBody, DelegateGroupBody } from './component-bodies.ts'
import type { Choice } from './form-controls.ts'
import { findGroups } from './group-rows.ts'
import { findUsers } from './user-rows.ts'

export type ChosenBody = DelegateGroupBody | ConnectedAppBody

type ListName =
  'users' | 'roles' | 'profiles' | 'permissionSets' | 'groups' | 'restrictingPermissionSets'

export interface ChosenList {
  readonly name: ListName
  readonly heading: string
  readonly addLabel: string
  readonly emptyText: string
  /** What is chosen from; users are found by typing. */
  readonly from?: 'Role' | 'Profile' | 'PermissionSet' | 'Group'
}

export interface ChosenKind {
  readonly page: 'delegate-groups' | 'connected-apps'
  readonly type: 'DelegateGroup' | 'ConnectedApp'
  readonly heading: string
  readonly icon: IconName
  readonly about: string
  readonly empty: { readonly heading: string; readonly text: string }
  /** Undefined where new ones come by files and packages. */
  readonly newLabel: string | undefined
  readonly lists: readonly ChosenList[]
}

export function chosenKind(page: ChosenKind['page']): ChosenKind {
  return page === 'connected-apps' ? connectedApps() : delegateGroups()
}

function delegateGroups(): ChosenKind {
  return {
    page: 'delegate-groups',
    type: 'DelegateGroup',
    heading: t('Delegated administration'),
    icon: 'users',
    about: t(
      'The administrators of a group create, change, freeze and sign out the users of its roles, as long as these have nothing but its profiles and permission sets, and put them into its public groups.',
    ),
    empty: {
      heading: t('No delegate group yet'),
      text: t('Let a branch look after its own people, within the rights that you choose.'),
    },
    newLabel: t('New delegate group'),
    lists: [
      {
        name: 'users',
        heading: t('Delegated administrators'),
        addLabel: t('Find users to add'),
        emptyText: t('Nobody yet.'),
      },
      {
        name: 'roles',
        heading: t('Roles, with all below them'),
        addLabel: t('Add a role'),
        emptyText: t('No role: there is nobody to administer.'),
        from: 'Role',
      },
      {
        name: 'profiles',
        heading: t('Profiles that they may give'),
        addLabel: t('Add a profile'),
        emptyText: t('No profile: no user can be made.'),
        from: 'Profile',
      },
      {
        name: 'permissionSets',
        heading: t('Permission sets that they may give'),
        addLabel: t('Add a permission set'),
        emptyText: t('None.'),
        from: 'PermissionSet',
      },
      {
        name: 'groups',
        heading: t('Public groups that they may put them into'),
        addLabel: t('Add a group'),
        emptyText: t('None.'),
        from: 'Group',
      },
    ],
  }
}

function connectedApps(): ChosenKind {
  return {
    page: 'connected-apps',
    type: 'ConnectedApp',
    heading: t('Connected programs'),
    icon: 'key',
    about: t(
      'Beyond the permission sets chosen here a program has no right, whoever it acts for. Without any it may do what its user may.',
    ),
    empty: {
      heading: t('No connected program yet'),
      text: t('They are files in the folder connectedApps, or come with a package.'),
    },
    newLabel: undefined,
    lists: [
      {
        name: 'restrictingPermissionSets',
        heading: t('Limits'),
        addLabel: t('Add a permission set'),
        emptyText: t('No limit: all rights of the user.'),
        from: 'PermissionSet',
      },
    ],
  }
}

/** A list that the type of the body does not have is empty. */
export function namesIn(body: ChosenBody, name: ListName): readonly string[] {
  return (new Map<string, unknown>(Object.entries(body)).get(name) as readonly string[]) ?? []
}

/** An empty list is left out: for programs it would be none at all. */
export function withNames(body: ChosenBody, name: ListName, chosen: readonly string[]): ChosenBody {
  const { [name as keyof ChosenBody]: _before, ...rest } = body
  return (chosen.length === 0 ? rest : { ...rest, [name]: [...chosen] }) as ChosenBody
}

export async function choicesFor({
  lists,
}: ChosenKind): Promise<ReadonlyMap<string, readonly Choice[]>> {
  const types = [...new Set(lists.flatMap(({ from }) => from ?? []))]
  const all = await Promise.all(types.map(choicesOf))
  return new Map(
    types.map((type, index) => [
      type,
      (all[index] ?? []).toSorted((one, other) => one.label.localeCompare(other.label)),
    ]),
  )
}

async function choicesOf(type: NonNullable<ChosenList['from']>): Promise<readonly Choice[]> {
  if (type === 'Group') {
    return (await findGroups('groups')).map(({ name }) => ({ value: name, label: name }))
  }
  const components = await metadata.list(type)
  return components.map(({ fullName, label }) => ({ value: fullName, label: label ?? fullName }))
}

/** Users by the names that they sign in with. */
export async function usersByName(words: string): Promise<readonly Choice[]> {
  const rows = await findUsers(words)
  return rows
    .filter(({ isActive }) => isActive)
    .map(({ username, name }) => ({ value: username, label: `${name} (${username})` }))
}
