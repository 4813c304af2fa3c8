/** Flows of public projects: written back as they were read, and each that does not run here says why. */
import { describe, expect, it } from 'vitest'
import { compileModel } from '../../engine/model/compile-model.ts'
import type { Declaration } from '../../engine/model/declaration.ts'
import { parseComponent } from '../../engine/model/parse-declarations.ts'
import { planOfFlow } from '../../engine/model/ready-flows.ts'
import { readXmlSource } from '../../engine/model/xml/read-xml.ts'
import { writeXmlSource } from '../../engine/model/xml/write-xml.ts'
import { objectsOf, readProject } from './projects.ts'

const screenFlow = 'flows of type Flow do not run here'
const absent = 'is not in this model'
const screens = (count: number) => Array.from({ length: count }, () => 'is a screen')

/** For each flow why it does not run; nothing for one that does. */
const reasons = {
  ProjectManagementTool: {
    PMT_Mass_update_Task_Assignee: [screenFlow, ...screens(2)],
    PMT_Mass_update_Task_Status: [screenFlow, ...screens(3)],
    PMT_Project_Templates: [screenFlow, ...screens(8), 'needs Apex', 'needs Apex'],
    PMT_Task_Before_Automation: [],
    PMT_Update_Task_status_and_percentage_completion: ['flows of type Workflow do not run here'],
  },
  'dreamhouse-lwc': {
    // Its two objects of files are not part of the project.
    Create_property: [screenFlow, ...screens(10), 'needs Apex', absent, absent],
  },
} as const

function isFlow(one: Declaration): one is Declaration<'Flow'> {
  return one.type === 'Flow'
}

describe.each(['ProjectManagementTool', 'dreamhouse-lwc'] as const)(
  'the flows of %s',
  (project) => {
    it('are written as they were read', async () => {
      const flows = (await readProject(project)).declarations.filter(isFlow)
      expect(flows.map(({ fullName }) => fullName).sort()).toEqual(Object.keys(reasons[project]))
      for (const flow of flows) {
        const again = readXmlSource(writeXmlSource(flow)).declarations
        expect(again.map(({ body }) => body)).toEqual([flow.body])
      }
    })

    it('run, or say why not', async () => {
      const read = await readProject(project)
      const has = new Set(objectsOf(read).map(({ fullName }) => fullName))
      const standard = ['Account', 'Contact', 'User'].filter((name) => !has.has(name))
      const declarations = [
        ...read.declarations,
        ...standard.flatMap(
          (name) =>
            parseComponent('CustomObject', name, { fullName: name, label: name }).declarations,
        ),
      ]
      const { model } = compileModel({ declarations, bindings: new Map(), version: 1 })
      if (model === undefined) throw new Error(`${project} was not compiled`)
      const told = Object.entries(reasons[project]).map(([name, expected]) => {
        const inert = planOfFlow(model, name)?.inert ?? ['has no plan']
        return [name, inert.map((one) => expected.find((word) => one.includes(word)) ?? one)]
      })
      expect(Object.fromEntries(told)).toEqual(reasons[project])
    })
  },
)
