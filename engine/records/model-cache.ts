/** What was worked out under one model is kept as long as the model itself, and no longer. */
import { LRUCache } from 'lru-cache'
import type { Model } from '../model/model.ts'

export interface ModelCache<Value extends object> {
  get(model: Model, key: string): Value | undefined
  set(model: Model, key: string, value: Value): void
}

export interface ModelCacheOptions<Value> {
  readonly entriesMax: number
  /** Characters that an entry holds beside its key; absent where entries are small. */
  readonly charsOf?: (value: Value) => number
  readonly charsMax?: number
}

/** One bounded cache per model; a model that nobody serves any more takes its entries along. */
export function createModelCache<Value extends object>(
  options: ModelCacheOptions<Value>,
): ModelCache<Value> {
  const byModel = new WeakMap<Model, LRUCache<string, Value>>()
  const { charsOf, charsMax, entriesMax } = options
  const make = (): LRUCache<string, Value> =>
    charsOf === undefined || charsMax === undefined
      ? new LRUCache({ max: entriesMax })
      : new LRUCache({
          max: entriesMax,
          maxSize: charsMax,
          sizeCalculation: (value, key) => key.length + charsOf(value) + 1,
        })
  return {
    get: (model, key) => byModel.get(model)?.get(key),
    set: (model, key, value) => {
      const known = byModel.get(model) ?? make()
      byModel.set(model, known)
      known.set(key, value)
    },
  }
}
