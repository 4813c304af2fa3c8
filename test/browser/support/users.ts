/** People for seats beside the administrator's: with few rights, or with those of somebody of the sample organisation. */
import { call } from '../../support/server-process.ts'
import type { Desk } from './desk.ts'

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

export interface SceneUser {
  readonly id: string
  readonly name: string
  readonly username: string
  readonly password: string
}

interface Tongue {
  readonly language: string
  readonly locale: string
}

interface SampleUser {
  readonly Id: string
  readonly FirstName: string
  readonly LastName: string
  readonly ProfileId: string
  readonly UserRoleId: string | null
  readonly ManagerId: string | null
  readonly Title: string | null
  readonly TimeZoneSidKey: string
}

/** By server and user name: several scenes of a suite have the same people. */
const made = new Map<string, Promise<SceneUser>>()

/** In English the user of the sample organisation; else a colleague with the same profile, role, permission sets and queues. */
export function userInLanguage(desk: Desk, username: string, tongue: Tongue): Promise<SceneUser> {
  const key = `${desk.url} ${tongue.language} ${username}`
  const user = made.get(key) ?? makeUser(desk, username, tongue)
  made.set(key, user)
  return user
}

async function makeUser(
  desk: Desk,
  username: string,
  { language, locale }: Tongue,
): Promise<SceneUser> {
  const tongue = { LanguageLocaleKey: language === 'en' ? 'en_US' : language, LocaleSidKey: locale }
  const sample = await sampleUser(desk, username)
  const name = `${sample.FirstName} ${sample.LastName}`
  if (language === 'en') {
    await send(desk, 'PATCH', `sobjects/User/${sample.Id}`, tongue)
    await send(desk, 'POST', `sobjects/User/${sample.Id}/password`, { NewPassword: password })
    return { id: sample.Id, name, username, password }
  }
  const own = `${language}.${username}`
  const id = await colleagueOf(desk, sample, { own, tongue })
  return { id, name: `${name} (${language})`, username: own, password }
}

async function sampleUser(desk: Desk, username: string): Promise<SampleUser> {
  const fields = 'Id, FirstName, LastName, ProfileId, UserRoleId, ManagerId, Title, TimeZoneSidKey'
  const soql = `SELECT ${fields} FROM User WHERE Username = '${username}'`
  const [found] = await desk.rows<SampleUser>(soql)
  if (found === undefined) throw new Error(`the sample organisation has no ${username}`)
  return found
}

interface Colleague {
  readonly own: string
  readonly tongue: { readonly LanguageLocaleKey: string; readonly LocaleSidKey: string }
}

async function colleagueOf(
  desk: Desk,
  { Id: like, ...sample }: SampleUser,
  { own, tongue }: Colleague,
): Promise<string> {
  const id = await send(desk, 'POST', 'sobjects/User', {
    ...Object.fromEntries(Object.entries(sample).filter(([name]) => name !== 'attributes')),
    ...tongue,
    LastName: `${sample.LastName} (${tongue.LanguageLocaleKey})`,
    Alias: `s${++number}`,
    Email: own,
    Username: own,
    EmailEncodingKey: 'UTF-8',
  })
  await send(desk, 'POST', `sobjects/User/${id}/password`, { NewPassword: password })
  const sets = await desk.rows<{ PermissionSetId: string }>(
    `SELECT PermissionSetId FROM PermissionSetAssignment WHERE AssigneeId = '${like}'`,
  )
  for (const { PermissionSetId } of sets) {
    const assignment = { AssigneeId: id, PermissionSetId }
    await send(desk, 'POST', 'sobjects/PermissionSetAssignment', assignment)
  }
  const groups = await desk.rows<{ GroupId: string }>(
    `SELECT GroupId FROM GroupMember WHERE UserOrGroupId = '${like}'`,
  )
  for (const { GroupId } of groups) {
    await send(desk, 'POST', 'sobjects/GroupMember', { GroupId, UserOrGroupId: id })
  }
  return id
}

/** The id of what was made. */
async function send(desk: Desk, method: string, path: string, body: unknown): Promise<string> {
  const answer = await desk.call<{ id: string }>({ method, path: `${data}/${path}`, body })
  if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`)
  return answer.body?.id
}
