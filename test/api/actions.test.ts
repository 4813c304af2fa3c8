/** Invocable actions over REST: the list, what one takes and gives, and running it on a list of inputs. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApi, type Api } from '../support/api.ts'
import { databases } from '../support/databases.ts'

const actions = '/services/data/v67.0/actions'

describe.each(databases)('invocable actions on $name', (database) => {
  let api: Api
  beforeAll(async () => {
    api = await openApi(database)
  })
  afterAll(() => api.close())

  const admin = (method: string, path: string, body?: unknown) =>
    api.ask(method, path, { as: 'admin', ...(body === undefined ? {} : { body }) })

  it('are listed, and each says what it takes and gives', async () => {
    expect((await admin('GET', actions)).json).toEqual({
      standard: `${actions}/standard`,
      custom: `${actions}/custom`,
    })
    const listed = await admin('GET', `${actions}/standard`)
    expect(listed.json).toMatchObject({
      actions: expect.arrayContaining([
        expect.objectContaining({ name: 'newTask', url: `${actions}/standard/newTask` }),
      ]),
    })
    const one = await admin('GET', `${actions}/standard/newTask`)
    expect(one.json).toMatchObject({
      name: 'newTask',
      type: 'NEWTASK',
      standard: true,
      inputs: expect.arrayContaining([
        expect.objectContaining({ name: 'subject', type: 'STRING', required: true, maxOccurs: 1 }),
      ]),
      outputs: [expect.objectContaining({ name: 'taskId', type: 'ID' })],
    })
  })

  it('run on each input by itself, and say what each gave', async () => {
    const { status, json } = await admin('POST', `${actions}/standard/newTask`, {
      inputs: [{ subject: 'Call back', dueDate: '2026-03-01' }, { subject: '' }, { subjekt: 'x' }],
    })
    expect(status).toBe(200)
    expect(json).toMatchObject([
      { actionName: 'newTask', isSuccess: true, errors: null },
      {
        isSuccess: false,
        outputValues: null,
        errors: [{ statusCode: 'REQUIRED_FIELD_MISSING', fields: ['subject'] }],
      },
      {
        isSuccess: false,
        errors: [{ message: expect.stringContaining('did you mean subject') }, {}],
      },
    ])
    const { json: found } = await admin(
      'GET',
      `/services/data/v67.0/query?q=${encodeURIComponent("SELECT Subject, ActivityDate FROM Task WHERE Subject = 'Call back'")}`,
    )
    expect(found).toMatchObject({ records: [{ ActivityDate: '2026-03-01' }] })
  })

  it('refuse what is no action and no list of inputs', async () => {
    expect((await admin('GET', `${actions}/standard/none`)).status).toBe(404)
    expect((await admin('GET', `${actions}/custom/none`)).status).toBe(404)
    const bad = [{ inputs: {} }, { inputs: [1] }, { inputs: [] }, { inputs: [null] }]
    for (const body of bad) {
      expect((await admin('POST', `${actions}/standard/newTask`, body)).code).toBe(
        'INVALID_ARGUMENT',
      )
    }
    const wrong = { inputs: [{ subject: 1, dueDate: 'soon', ownerId: 'x', __proto__: {} }] }
    const { status } = await admin('POST', `${actions}/standard/newTask`, wrong)
    expect(status).toBe(400)
  })
})
