/** What the shell of the screens shows: who is signed in, applications, objects. Only what the user may see. */
import type { CustomApplication } from '../../../metadata/types.ts'
import type { SignedInUser } from '../../auth/auth.ts'
import { mayAdministerSome } from '../../automation/delegation/managed-users.ts'
import type { OrganizationInfo } from '../../auth/organization.ts'
import { objectOfTab, tabLabel } from '../../language/tab-label.ts'
import { isReadByAll } from '../../model/component-objects.ts'
import type { Model, ObjectModel } from '../../model/model.ts'
import { globalActions } from './page-actions.ts'

export function appView(model: Model, user: SignedInUser, organization: OrganizationInfo): unknown {
  const objects = model.objectNames
    // What everybody may read of the engine's own rows is no place to go to.
    .filter((name) => user.access.mayObject(name, 'read') && !isReadByAll(name))
    .flatMap((name) => model.object(name) ?? [])
  const visible = new Set(objects.map((object) => object.name))
  return {
    user: {
      id: user.id,
      name: user.name,
      username: user.username,
      language: user.language,
      locale: user.locale,
      timeZone: user.timeZone,
      isAdministrator: user.access.has('CustomizeApplication'),
      managesUsers: mayAdministerSome(user.access),
      // Whoever manages all users is asked by his permissions.
      managesGroups: [...new Set(user.access.delegations.flatMap(({ groups }) => [...groups]))],
    },
    organization,
    modelVersion: model.version,
    apps: appsOf(model, visible, user.defaultApp),
    objects: objects.map((object) => objectEntry(model, object, user)),
    quickActions: globalActions({ model, access: user.access }),
  }
}

/** The one that the user's profile opens first stands first. */
function appsOf(
  model: Model,
  visible: ReadonlySet<string>,
  first: string | undefined,
): readonly unknown[] {
  const apps = [...model.components('CustomApplication')]
  const isFirst = ({ fullName }: { readonly fullName: string }) => Number(fullName === first)
  return apps
    .toSorted((a, b) => isFirst(b) - isFirst(a))
    .flatMap(({ body }) => {
      const tabs = (body.tabs ?? [])
        .map((tab) => model.object(objectOfTab(tab))?.name ?? tab)
        .filter((tab) => visible.has(tab))
      // An application of which nothing is left to see is not shown at all.
      return tabs.length === 0 ? [] : [appEntry(body, tabs)]
    })
}

function appEntry(app: Readonly<CustomApplication>, tabs: readonly string[]): unknown {
  return {
    name: app.fullName,
    label: app.label ?? app.fullName,
    description: app.description ?? '',
    color: app.brand?.headerColor ?? null,
    tabs,
  }
}

function objectEntry(model: Model, object: ObjectModel, user: SignedInUser): unknown {
  return {
    name: object.name,
    label: object.label,
    labelPlural: object.labelPlural,
    tabLabel: tabLabel(model, object),
    keyPrefix: object.keyPrefix,
    nameField: object.nameField.name,
    createable: user.access.mayObject(object.name, 'create'),
    custom: object.custom,
    customSetting: object.declaration.customSettingsType !== undefined,
  }
}
