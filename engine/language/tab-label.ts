/** What the navigation calls an object: the words of its tab, where the tab has some of its own. */
import type { Model, ObjectModel } from '../model/model.ts'

/** Tabs of objects that come with the product are named after them with a prefix. */
export const standardTabPrefix = 'standard-'

export function objectOfTab(tab: string): string {
  return tab.startsWith(standardTabPrefix) ? tab.slice(standardTabPrefix.length) : tab
}

/** In the model's language. */
export function tabLabel(model: Model, { name, labelPlural }: ObjectModel): string {
  const own =
    model.component('CustomTab', name) ?? model.component('CustomTab', standardTabPrefix + name)
  return own?.body.label ?? labelPlural
}
