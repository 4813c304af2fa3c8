/** Ids under which stock command lines and editors ask for tokens, with what they are called; no connected app takes one. */
export const stockClients: ReadonlyMap<string, string> = new Map([
  ['PlatformCLI', 'Salesforce CLI'],
  ['SalesforceDevelopmentExperience', 'Salesforce extensions'],
])
