/** The engine itself as a caller: for what it reads and writes before anybody has signed in. */
import { compileAccess } from '../access/compile-access.ts'
import { newestApiVersionText } from '../base/api-versions.ts'
import { baseLanguage } from '../base/languages.ts'
import type { Model } from '../model/model.ts'
import type { Caller } from '../records/records.ts'

/** No user has this id: ours carry the time of their making. */
const systemUserId = '005000000000000AAA'

const permissions = ['ModifyAllData', 'ViewAllData', 'ViewEncryptedData']

const profile = {
  fullName: 'System',
  body: {
    fullName: 'System',
    userPermissions: permissions.map((name) => ({ name, enabled: true })),
  },
}

export function systemCaller(model: Model): Caller {
  return {
    access: compileAccess({ model, userId: systemUserId, grants: { profile, permissionSets: [] } }),
    userId: systemUserId,
    userName: 'System',
    timeZone: 'UTC',
    locale: baseLanguage,
    language: baseLanguage,
    source: 'system',
    apiVersion: newestApiVersionText,
  }
}
