/**
 * Three public projects, put over the shipped metadata: every object and stored field becomes a
 * table, an API and a form, on both databases.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importSource, type ImportReport } from '../../engine/cli/import-source.ts'
import type { Declaration } from '../../engine/model/declaration.ts'
import type { Layout } from '../../metadata/types.ts'
import type { ObjectModel } from '../../engine/model/model.ts'
import { openApi, type Api, type Json } from '../support/api.ts'
import { databases } from '../support/databases.ts'
import { createRandom } from '../support/random.ts'
import {
  callerOf,
  evaluatedValues,
  fillWithChance,
  formulaFieldsOf,
  queriedValues,
} from './formula-values.ts'
import { objectsOf, projectFolder, projects, readProject, storedFields } from './projects.ts'
import { data, SampleRecords, settableFields } from './sample-records.ts'
import { withoutRules } from './without-rules.ts'

const ui = '/services/fieldstone/v1/ui'

const combinations = projects.flatMap((project) =>
  databases.map((database) => ({ project, database, name: database.name })),
)

describe.each(combinations)('$project on $name', ({ project, database }) => {
  let api: Api
  let report: ImportReport
  let objects: readonly Declaration<'CustomObject'>[]

  beforeAll(async () => {
    const source = projectFolder(project)
    objects = objectsOf(await readProject(project))
    api = await openApi(database, {
      prepare: async (into) => {
        await withoutRules(into)
        report = await importSource({ source, into, force: true })
      },
    })
  }, 240_000)
  afterAll(() => api.close())

  function modelOf(name: string): ObjectModel {
    const object = api.engine.deployer.store.current().object(name)
    if (object === undefined) throw new Error(`no object ${name}`)
    return object
  }

  it('is taken over without a problem, and every table is there', async () => {
    expect(report.problems).toEqual([])
    expect(report.written.length).toBeGreaterThan(0)
    expect(api.engine.deployer.problems()).toEqual([])
    expect((await api.engine.deployer.pending()).plan).toBeNull()
    expect(await api.engine.deployer.verify()).toEqual([])
    const names = api.engine.deployer.store.current().objectNames
    expect(names).toEqual(expect.arrayContaining(objects.map(({ fullName }) => fullName)))
  })

  it('gives every stored field its columns', () => {
    const missing = objects.flatMap((object) => {
      const { fieldsByName } = modelOf(object.fullName)
      return storedFields(object)
        .filter((field) => {
          const found = fieldsByName.get(field.fullName.toLowerCase())
          const parts = found?.components.map((part) => fieldsByName.get(part.toLowerCase())) ?? []
          return [found, ...parts].every((one) => one === undefined || one.columns.size === 0)
        })
        .map((field) => `${object.fullName}.${field.fullName}`)
    })
    expect(missing).toEqual([])
  })

  it('describes every stored field', async () => {
    for (const object of objects) {
      const { json } = await api.ask('GET', `${data}/${object.fullName}/describe`, { as: 'admin' })
      const described = namesIn(json['fields'], 'name')
      const wanted = storedFields(object).map((field) => field.fullName)
      expect(described, object.fullName).toEqual(expect.arrayContaining(wanted))
    }
  })

  it('stores a value in every field and gives it back', async () => {
    const samples = new SampleRecords(api)
    for (const { fullName } of objects) {
      // Their records are metadata, and come in files.
      if (fullName.endsWith('__mdt')) continue
      const object = modelOf(fullName)
      const values = await samples.values(object)
      expect(Object.keys(values).sort(), fullName).toEqual(
        settableFields(object)
          .filter(({ reference }) => !samples.empty.has(reference?.targets[0] ?? ''))
          .map(({ name }) => name)
          .sort(),
      )
      const id = await samples.create(object, values)
      const { json } = await api.ask('GET', `${data}/${fullName}/${id}`, { as: 'admin' })
      const bySomebodyElse = setByFlows(fullName)
      const kept = Object.entries(values).filter(([name]) => !bySomebodyElse.has(name))
      expect(json, fullName).toMatchObject(Object.fromEntries(kept))
    }
  })

  /** Fields that the project's own flows set before the save. */
  const setByFlows = (fullName: string): ReadonlySet<string> => {
    const model = api.engine.deployer.store.current()
    const flows = [...model.components('Flow')].flatMap(({ body }) => {
      const isOfObject = body.status === 'Active' && body.start?.object === fullName
      return isOfObject && body.start?.triggerType === 'RecordBeforeSave' ? [body] : []
    })
    const assigned = JSON.stringify(flows).matchAll(/"\$Record\.(\w+)","operator":/g)
    return new Set([...assigned].map(([, name]) => name ?? ''))
  }

  it('draws a form whose every field exists', async () => {
    for (const { fullName } of objects) {
      const { json, status } = await api.ask('GET', `${ui}/objects/${fullName}`, { as: 'admin' })
      expect(status).toBe(200)
      const described = new Set(namesIn(json['describe']?.['fields'], 'name'))
      const cells = cellsOf(json['layout'])
      expect(cells.length, fullName).toBeGreaterThan(0)
      const views = list(json['listViews']).flatMap((view) => texts(view['columns']))
      const shown = [...cells, ...texts(json['compactLayout']), ...views]
      expect(shown.filter((name) => !described.has(name))).toEqual([])
      for (const related of list(json['layout']?.['relatedLists'])) {
        const { fieldsByName } = modelOf(String(related['object']))
        const columns = [String(related['field']), ...texts(related['columns'])]
        expect(columns.filter((name) => !fieldsByName.has(name.toLowerCase()))).toEqual([])
      }
    }
  })

  it("shows on a form every stored field that the project's own layout names", async () => {
    for (const { fullName } of objects) {
      const [layout] = api.engine.deployer.store.current().layoutsOf(fullName)
      if (layout === undefined) continue
      const { json } = await api.ask('GET', `${ui}/objects/${fullName}`, { as: 'admin' })
      const { fieldsByName } = modelOf(fullName)
      const wanted = fieldsOf(layout).flatMap(
        (name) => fieldsByName.get(name.toLowerCase())?.name ?? [],
      )
      expect(cellsOf(json['layout']), layout.fullName).toEqual(expect.arrayContaining(wanted))
    }
  })

  it("gives every formula field the evaluator's value on records full of chance", async () => {
    const samples = new SampleRecords(api)
    const caller = await callerOf(api)
    const random = createRandom()
    const filled = new Map<ObjectModel, string[]>()
    for (const { fullName } of objects) {
      // Users are there, and records of metadata come in files.
      if (fullName.endsWith('__mdt') || fullName === 'User') continue
      const object = modelOf(fullName)
      const ids: string[] = []
      for (let record = 0; record < 5; record++) {
        const values = Object.entries(await samples.values(object)).filter(
          ([name]) => object.fieldsByName.get(name.toLowerCase())?.unique !== true,
        )
        ids.push(await samples.create(object, Object.fromEntries(values)))
      }
      filled.set(object, ids)
    }
    for (const [index, [object, ids]] of [...filled].entries()) {
      await fillWithChance(api, object, { ids, seed: random.seed + index })
    }
    for (const [object, ids] of filled) {
      if (formulaFieldsOf(object).length === 0) continue
      const evaluated = await evaluatedValues(api, caller, { object, ids })
      expect(Object.keys(evaluated).length).toBe(ids.length * formulaFieldsOf(object).length)
      const queried = await queriedValues(api, caller, object)
      expect(queried, `${object.name}, seed ${random.seed}`).toMatchObject(evaluated)
    }
  })
})

function list(json: Json | undefined): readonly Json[] {
  return Array.isArray(json) ? (json as readonly Json[]) : []
}

function texts(json: Json | undefined): readonly string[] {
  return list(json).map(String)
}

function namesIn(json: Json | undefined, member: string): readonly string[] {
  return list(json).map((entry) => String(entry[member]))
}

function cellsOf(layout: Json | undefined): readonly string[] {
  return list(layout?.['sections']).flatMap((section) =>
    list(section['rows']).flatMap((row) =>
      list(row).flatMap((cell) => (cell === null ? [] : String(cell['field']))),
    ),
  )
}

function fieldsOf(layout: Readonly<Layout>): readonly string[] {
  return (layout.layoutSections ?? []).flatMap((section) =>
    (section.layoutColumns ?? []).flatMap((column) =>
      (column.layoutItems ?? []).flatMap((item) => item.field ?? []),
    ),
  )
}
