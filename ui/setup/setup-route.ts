/** The addresses below /setup as data, both ways; parts from outside arrive percent-encoded. */
export type ObjectTab =
  | 'details'
  | 'fields'
  | 'layouts'
  | 'compact-layouts'
  | 'record-types'
  | 'validation-rules'
  | 'list-views'
  | 'json'

export type SetupRoute =
  | { readonly page: 'objects' }
  | { readonly page: 'new-object' }
  | {
      readonly page: 'object'
      readonly object: string
      readonly tab: ObjectTab
      readonly item?: string
    }
  | { readonly page: 'new-field'; readonly object: string }
  | { readonly page: 'field'; readonly object: string; readonly field: string }
  | { readonly page: 'users'; readonly id?: string }
  | { readonly page: 'permission-sets'; readonly name?: string }
  | { readonly page: 'sharing'; readonly object?: string }
  | { readonly page: 'roles'; readonly name?: string }
  | { readonly page: 'groups'; readonly id?: string }
  | { readonly page: 'queues'; readonly id?: string }
  | { readonly page: 'participant-roles' }
  | { readonly page: 'delegate-groups'; readonly name?: string }
  | { readonly page: 'connected-apps'; readonly name?: string }
  | { readonly page: 'explain-access'; readonly id?: string }
  | { readonly page: 'value-sets'; readonly name?: string }
  | { readonly page: 'custom-settings'; readonly name?: string }
  | { readonly page: 'history'; readonly number?: number }
  | { readonly page: 'files' }
  | { readonly page: 'webhooks' }
  | { readonly page: 'emails' }
  | { readonly page: 'security' }
  | { readonly page: 'lasting' }
  | { readonly page: 'access'; readonly id?: string }
  | { readonly page: 'audit-trail' }
  | { readonly page: 'recycle-bin'; readonly object?: string }
  | { readonly page: 'processes'; readonly name?: string }
  | { readonly page: 'flows'; readonly name?: string }
  | { readonly page: 'scoring'; readonly name?: string }
  | { readonly page: 'approvals'; readonly name?: string }
  | { readonly page: 'jobs' }
  | { readonly page: 'component'; readonly type: string; readonly fullName: string }
  | { readonly page: 'unknown' }

const tabs: ReadonlySet<string> = new Set<ObjectTab>([
  'details',
  'fields',
  'layouts',
  'compact-layouts',
  'record-types',
  'validation-rules',
  'list-views',
  'json',
])

/** `path` starts with /setup; query and fragment are not part of it. */
export function parseSetupRoute(path: string): SetupRoute {
  const parts = path.split('/').filter((part) => part !== '')
  const [root, section, first, second, third, ...more] = parts.map(decode)
  if (root !== 'setup' || more.length > 0) return { page: 'unknown' }
  if (section === undefined) return { page: 'objects' }
  if (section === 'objects') return objectRoute(first, second, third)
  if (third !== undefined) return { page: 'unknown' }
  if (section === 'components' && first !== undefined && second !== undefined)
    return { page: 'component', type: first, fullName: second }
  if (second !== undefined) return { page: 'unknown' }
  return singleRoute(section, first)
}

function singleRoute(section: string, item: string | undefined): SetupRoute {
  if (section === 'users')
    return item === undefined ? { page: 'users' } : { page: 'users', id: item }
  if (section === 'permission-sets')
    return item === undefined
      ? { page: 'permission-sets' }
      : { page: 'permission-sets', name: item }
  if (section === 'sharing')
    return item === undefined ? { page: 'sharing' } : { page: 'sharing', object: item }
  if (section === 'roles')
    return item === undefined ? { page: 'roles' } : { page: 'roles', name: item }
  if (section === 'delegate-groups' || section === 'connected-apps')
    return item === undefined ? { page: section } : { page: section, name: item }
  if (section === 'groups' || section === 'queues')
    return item === undefined ? { page: section } : { page: section, id: item }
  if (section === 'explain-access')
    return item === undefined ? { page: 'explain-access' } : { page: 'explain-access', id: item }
  if (section === 'participant-roles' && item === undefined) return { page: 'participant-roles' }
  if (section === 'value-sets')
    return item === undefined ? { page: 'value-sets' } : { page: 'value-sets', name: item }
  if (section === 'custom-settings')
    return item === undefined
      ? { page: 'custom-settings' }
      : { page: 'custom-settings', name: item }
  if (section === 'processes')
    return item === undefined ? { page: 'processes' } : { page: 'processes', name: item }
  if (section === 'flows')
    return item === undefined ? { page: 'flows' } : { page: 'flows', name: item }
  if (section === 'scoring' || section === 'approvals')
    return item === undefined ? { page: section } : { page: section, name: item }
  if (section === 'recycle-bin')
    return item === undefined ? { page: 'recycle-bin' } : { page: 'recycle-bin', object: item }
  if (section === 'files' && item === undefined) return { page: 'files' }
  if (section === 'webhooks' && item === undefined) return { page: 'webhooks' }
  if (section === 'jobs' && item === undefined) return { page: 'jobs' }
  if (section === 'emails' && item === undefined) return { page: 'emails' }
  if (section === 'access')
    return item === undefined ? { page: 'access' } : { page: 'access', id: item }
  if (section === 'lasting' && item === undefined) return { page: 'lasting' }
  if (section === 'security' && item === undefined) return { page: 'security' }
  if (section === 'audit-trail' && item === undefined) return { page: 'audit-trail' }
  if (section === 'history' && item === undefined) return { page: 'history' }
  if (section === 'history' && item !== undefined && /^[1-9]\d{0,8}$/.test(item))
    return { page: 'history', number: Number(item) }
  return { page: 'unknown' }
}

function objectRoute(object?: string, tab?: string, item?: string): SetupRoute {
  if (object === undefined) return { page: 'objects' }
  if (tab === undefined)
    return object === 'new' ? { page: 'new-object' } : { page: 'object', object, tab: 'details' }
  if (tab === 'fields' && item === 'new') return { page: 'new-field', object }
  if (tab === 'fields' && item !== undefined) return { page: 'field', object, field: item }
  if (!isObjectTab(tab)) return { page: 'unknown' }
  return item === undefined
    ? { page: 'object', object, tab }
    : { page: 'object', object, tab, item }
}

function isObjectTab(name: string): name is ObjectTab {
  return tabs.has(name)
}

export function setupPath(route: SetupRoute): string {
  return ['/setup', ...partsOf(route).map(encodeURIComponent)].join('/')
}

function partsOf(route: SetupRoute): readonly string[] {
  switch (route.page) {
    case 'objects':
      return ['objects']
    case 'new-object':
      return ['objects', 'new']
    case 'object':
      return ['objects', route.object, route.tab, ...given(route.item)]
    case 'new-field':
      return ['objects', route.object, 'fields', 'new']
    case 'field':
      return ['objects', route.object, 'fields', route.field]
    case 'users':
      return ['users', ...given(route.id)]
    case 'permission-sets':
      return ['permission-sets', ...given(route.name)]
    case 'sharing':
      return ['sharing', ...given(route.object)]
    case 'roles':
      return ['roles', ...given(route.name)]
    case 'groups':
    case 'queues':
      return [route.page, ...given(route.id)]
    case 'explain-access':
      return ['explain-access', ...given(route.id)]
    case 'participant-roles':
      return ['participant-roles']
    case 'value-sets':
      return ['value-sets', ...given(route.name)]
    case 'custom-settings':
      return ['custom-settings', ...given(route.name)]
    case 'history':
      return ['history', ...given(route.number?.toString())]
    case 'files':
    case 'lasting':
    case 'security':
    case 'webhooks':
    case 'jobs':
    case 'emails':
    case 'audit-trail':
      return [route.page]
    case 'access':
      return ['access', ...given(route.id)]
    case 'processes':
    case 'flows':
    case 'delegate-groups':
    case 'connected-apps':
    case 'scoring':
    case 'approvals':
      return [route.page, ...given(route.name)]
    case 'recycle-bin':
      return ['recycle-bin', ...given(route.object)]
    case 'component':
      return ['components', route.type, route.fullName]
    case 'unknown':
      return []
  }
}

function given(part: string | undefined): readonly string[] {
  return part === undefined ? [] : [part]
}

/** A malformed escape is kept as written: the page then simply finds nothing of that name. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
