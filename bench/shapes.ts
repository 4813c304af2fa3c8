/** What both servers are asked for: the addresses, the two lists and the bodies of new records. */

export const apiVersion = '67.0'
export const dataPath = `/services/data/v${apiVersion}`

export const accountListFields = [
  'Id',
  'Name',
  'Type',
  'Industry',
  'Phone',
  'Website',
  'AnnualRevenue',
  'NumberOfEmployees',
  'BillingCity',
  'OwnerId',
  'CreatedDate',
  'LastModifiedDate',
] as const

export const contactListFields = [
  'Id',
  'Name',
  'Title',
  'Email',
  'Phone',
  'MobilePhone',
  'Department',
  'LeadSource',
  'OwnerId',
  'CreatedDate',
  'LastModifiedDate',
] as const

export const listRows = 50

export const accountList = `SELECT ${accountListFields.join(', ')} FROM Account ORDER BY Name LIMIT ${listRows}`

export const contactList = `SELECT ${contactListFields.join(', ')}, Account.Name FROM Contact ORDER BY Name LIMIT ${listRows}`

/** Some of the accounts, in order. */
export const filteredList = `SELECT ${accountListFields.join(', ')} FROM Account WHERE Industry = 'Banking' AND NumberOfEmployees > 450 ORDER BY Name LIMIT ${listRows}`

export const childRows = 5

export const childList = `SELECT Id, Name, (SELECT Id, LastName, Email FROM Contacts ORDER BY LastName LIMIT ${childRows}) FROM Account ORDER BY Name LIMIT ${listRows}`

export const industryTotals =
  'SELECT Industry, COUNT(Id) records, SUM(AnnualRevenue) revenue FROM Account GROUP BY Industry'

/** The list from a name on; every name makes another text. */
export function accountListFrom(name: string): string {
  return `SELECT ${accountListFields.join(', ')} FROM Account WHERE Name >= '${name}' ORDER BY Name LIMIT ${listRows}`
}

/** Finds nothing, by an index: what such a query costs beside a known one is its planning. */
export function emptyList(text: string, least = 0): string {
  return `SELECT ${accountListFields.join(', ')} FROM Account WHERE SourceSystemIdentifier = 'none ${text}' AND NumberOfEmployees > ${least} ORDER BY Name LIMIT ${listRows}`
}

export function queryPath(soql: string): string {
  return `${dataPath}/query?q=${encodeURIComponent(soql)}`
}

export function recordPath(object: string, id: string): string {
  return `${dataPath}/sobjects/${object}/${id}`
}

export type Body = Readonly<Record<string, string | number | boolean>>

const types = ['Prospect', 'Customer', 'Law Firm', 'Collection Agency'] as const
const industries = ['Banking', 'Retail', 'Energy', 'Shipping', 'Insurance'] as const
const cities = ['Berlin', 'Hamburg', 'Sevilla', 'Denver', 'Portland', 'Leipzig'] as const
const firstNames = ['Ada', 'Ben', 'Carla', 'Diego', 'Elif', 'Femi', 'Greta'] as const
const lastNames = ['Abel', 'Brandt', 'Costa', 'Dorn', 'Evans', 'Frost', 'Gruber'] as const

function pick(values: readonly string[], index: number): string {
  return values[index % values.length] ?? ''
}

/** Names differ from each other, so that both servers sort them alike. */
export function accountName(index: number): string {
  return `${pick(lastNames, index * 5)} ${pick(cities, index)} Group ${String(index).padStart(7, '0')}`
}

/** The twelve or so values that a person would type. */
export function accountBody(index: number): Body {
  return {
    Name: accountName(index),
    Type: pick(types, index),
    Industry: pick(industries, index),
    Phone: `+49 30 555${String(index % 10_000).padStart(4, '0')}`,
    Website: `https://account-${index}.example.com`,
    AnnualRevenue: 10_000 + (index % 5_000) * 1_000,
    NumberOfEmployees: 1 + (index % 900),
    BillingStreet: `Long Street ${index % 300}`,
    BillingCity: pick(cities, index),
    BillingPostalCode: String(10_000 + (index % 80_000)),
    BillingCountry: 'Germany',
    IsActive: index % 9 !== 0,
  }
}

export function contactBody(index: number, accountId: string): Body {
  return {
    FirstName: pick(firstNames, index),
    LastName: `${pick(lastNames, index * 3)} ${String(index).padStart(7, '0')}`,
    AccountId: accountId,
    Title: 'Head of Finance',
    Email: `person-${index}@example.com`,
    Phone: `+49 30 555${String(index % 10_000).padStart(4, '0')}`,
    MobilePhone: `+49 151 555${String(index % 10_000).padStart(4, '0')}`,
    Department: pick(industries, index),
    LeadSource: 'Web',
    DoNotCall: index % 11 === 0,
  }
}

/** What an edit in a form sends. */
export function accountChange(index: number): Body {
  return {
    Phone: `+49 40 555${String(index % 10_000).padStart(4, '0')}`,
    NumberOfEmployees: 1 + (index % 1_000),
    BillingStreet: `Short Street ${index % 300}`,
  }
}
