/** People with few rights, for seats beside the administrator's. */
import { call } from '../../support/server-process.ts'

const data = '/services/data/v67.0'
const password = 'twelve small boats'
let number = 0

/** A standard user with one permission set. */
export async function createUser(
  url: string,
  token: string,
  permissionSet: string,
): Promise<{ readonly username: string; readonly password: string }> {
  const post = async (path: string, body: unknown): Promise<string> => {
    const answer = await call<{ id: string }>(url, token, { method: 'POST', path, body })
    if (answer.status >= 300) throw new Error(JSON.stringify(answer.body))
    return answer.body?.id
  }
  const idOf = async (object: string, name: string): Promise<string> => {
    const soql = `SELECT Id FROM ${object} WHERE Name = '${name}'`
    const path = `${data}/query?q=${encodeURIComponent(soql)}`
    const { body } = await call<{ records: { Id: string }[] }>(url, token, { path })
    return body.records[0]?.Id ?? ''
  }
  const username = `person${++number}@example.com`
  const userId = await post(`${data}/sobjects/User`, {
    FirstName: 'Pat',
    LastName: `Person ${number}`,
    Alias: `p${number}`,
    Email: username,
    Username: username,
    ProfileId: await idOf('Profile', 'Standard User'),
    TimeZoneSidKey: 'Europe/Berlin',
    LocaleSidKey: 'en_US',
    LanguageLocaleKey: 'en_US',
    EmailEncodingKey: 'UTF-8',
  })
  await post(`${data}/sobjects/User/${userId}/password`, { NewPassword: password })
  await post(`${data}/sobjects/PermissionSetAssignment`, {
    AssigneeId: userId,
    PermissionSetId: await idOf('PermissionSet', permissionSet),
  })
  return { username, password }
}
