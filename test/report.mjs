/** What `run.mjs` reads of a run: how many passed and failed, and why; a file that broke outside its tests fails too. */
import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'

/** A log may be kept by its end alone. */
const toldMax = 5000

export default class Report {
  onTestRunEnd(modules, unhandled) {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const failures = [...modules.flatMap(failuresOf), ...unhandled.map(strayFailure)]
    const passed = tests.filter((test) => test.result().state === 'passed').length
    writeFileSync(process.env.TEST_REPORT, JSON.stringify({ passed, failures }))
  }
}

function failuresOf(module) {
  const file = relative(process.cwd(), module.moduleId)
  const groups = [...module.children.allSuites()]
  const tests = [...module.children.allTests()].filter((test) => test.result().state === 'failed')
  const failed = [
    ...tests.map((test) => told(file, test.fullName, test.result().errors)),
    ...[module, ...groups].flatMap((group) => {
      const errors = group.errors()
      return errors.length === 0 ? [] : [told(file, group.fullName ?? '', errors)]
    }),
  ]
  return failed.length === 0 && module.state() === 'failed' ? [told(file, '', [])] : failed
}

function strayFailure(error) {
  return told('beside the tests', '', [error])
}

function told(file, name, errors) {
  const reasons = errors.flatMap(({ message, stack, diff }) => [stack ?? message, diff ?? ''])
  return `${file} ${name}\n${reasons.join('\n')}`.slice(0, toldMax)
}
