/** The pointer to the model in force; it moves in one place only, after a commit. */
import type { Model } from '../model/model.ts'

export interface ModelSwap {
  readonly version: number
  /** Objects whose declaration changed, came or went. */
  readonly objects: readonly string[]
}

export interface ModelStore {
  current(): Model
  /** Answers the function that ends the listening. */
  onSwap(listener: (change: ModelSwap) => void): () => void
}

export interface SwappableStore extends ModelStore {
  swap(model: Model, objects: readonly string[]): void
}

export function createModelStore(first: Model): SwappableStore {
  let current = first
  const listeners = new Set<(change: ModelSwap) => void>()
  return {
    current: () => current,
    onSwap: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    swap: (model, objects) => {
      current = model
      for (const listener of listeners) listener({ version: model.version, objects })
    },
  }
}
