/** The two tables as a developer would write them for this one application. */

const address = (prefix: string): string => `
  ${prefix}Street text, ${prefix}City text, ${prefix}State text, ${prefix}PostalCode text, ${prefix}Country text,
  ${prefix}Latitude real, ${prefix}Longitude real, ${prefix}GeocodeAccuracy text`

const kept = `
  CreatedDate text not null, CreatedById text not null, LastModifiedDate text not null,
  LastModifiedById text not null, SystemModstamp text not null,
  OwnerId text not null references User(Id), Version integer not null default 1`

export const createTables = `
create table if not exists User (Id text primary key, Name text) strict;
create table if not exists Account (
  Id text primary key, IsDeleted integer not null default 0, Name text not null, ${kept},
  RecordTypeId text not null default '012000000000001AAA',
  ParentId text references Account(Id), AccountNumber text, Type text, Industry text,
  AccountSource text, Rating text, Ownership text, AnnualRevenue integer,
  NumberOfEmployees integer, OpenInvoiceAmount integer not null default 0, YearStarted text, Phone text, Fax text, Website text,
  ${address('Billing')}, ${address('Shipping')}, Description text, Site text, Tradestyle text,
  TickerSymbol text, DunsNumber text, Sic text, SicDesc text, NaicsCode text, NaicsDesc text,
  IsActive integer not null default 1, EffectiveDate text, EndDate text,
  SourceSystemIdentifier text, SourceSystemModifiedDate text
) strict;
create index if not exists AccountByName on Account (Name collate nocase, Id);
create index if not exists AccountByOwner on Account (OwnerId);
create index if not exists AccountByParent on Account (ParentId);
create index if not exists AccountByChange on Account (SystemModstamp);
create unique index if not exists AccountBySource on Account (SourceSystemIdentifier);
create table if not exists Contact (
  Id text primary key, IsDeleted integer not null default 0,
  Salutation text, FirstName text, MiddleName text, LastName text not null, Suffix text,
  Name text generated always as (trim(
    coalesce(FirstName || ' ', '') || coalesce(MiddleName || ' ', '') || LastName ||
    coalesce(' ' || Suffix, ''))) stored,
  ${kept},
  AccountId text references Account(Id), ReportsToId text references Contact(Id),
  Title text, TitleType text, Department text, DepartmentGroup text, BuyerAttributes text,
  Phone text, MobilePhone text, HomePhone text, OtherPhone text, Fax text, Email text,
  Birthdate text, GenderIdentity text, Pronouns text, AssistantName text, AssistantPhone text,
  LeadSource text, DoNotCall integer not null default 0,
  HasOptedOutOfEmail integer not null default 0, HasOptedOutOfFax integer not null default 0,
  EmailBouncedDate text, EmailBouncedReason text,
  ${address('Mailing')}, ${address('Other')}, Description text
) strict;
create index if not exists ContactByName on Contact (Name collate nocase, Id);
create index if not exists ContactByOwner on Contact (OwnerId);
create index if not exists ContactByAccount on Contact (AccountId);
create index if not exists ContactByManager on Contact (ReportsToId);
create index if not exists ContactByChange on Contact (SystemModstamp);
`

type JsonSchema = Readonly<Record<string, unknown>>

const nullable = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: 'null' }] })
const text = (maxLength: number): JsonSchema => nullable({ type: 'string', maxLength })
const reference = nullable({ type: 'string', pattern: '^[A-Za-z0-9]{18}$' })
const whole = (digits: number): JsonSchema =>
  nullable({ type: 'integer', minimum: -(10 ** digits), maximum: 10 ** digits })
const truth: JsonSchema = { type: 'boolean' }

function addressSchemas(prefix: string): Readonly<Record<string, JsonSchema>> {
  return {
    [`${prefix}Street`]: text(255),
    [`${prefix}City`]: text(40),
    [`${prefix}State`]: text(80),
    [`${prefix}PostalCode`]: text(20),
    [`${prefix}Country`]: text(80),
    [`${prefix}Latitude`]: nullable({ type: 'number', minimum: -90, maximum: 90 }),
    [`${prefix}Longitude`]: nullable({ type: 'number', minimum: -180, maximum: 180 }),
    [`${prefix}GeocodeAccuracy`]: text(40),
  }
}

/** What a caller may set, by table. */
export const writable = {
  Account: {
    Name: { type: 'string', minLength: 1, maxLength: 255 },
    OwnerId: { type: 'string', pattern: '^[A-Za-z0-9]{18}$' },
    ParentId: reference,
    AccountNumber: text(40),
    Type: text(255),
    Industry: text(255),
    AccountSource: text(255),
    Rating: text(255),
    Ownership: text(255),
    AnnualRevenue: whole(18),
    NumberOfEmployees: whole(8),
    YearStarted: text(4),
    Phone: text(40),
    Fax: text(40),
    Website: text(255),
    ...addressSchemas('Billing'),
    ...addressSchemas('Shipping'),
    Description: text(32_000),
    Site: text(80),
    Tradestyle: text(255),
    TickerSymbol: text(20),
    DunsNumber: text(9),
    Sic: text(20),
    SicDesc: text(80),
    NaicsCode: text(8),
    NaicsDesc: text(120),
    IsActive: truth,
    EffectiveDate: text(40),
    EndDate: text(40),
    SourceSystemIdentifier: text(85),
    SourceSystemModifiedDate: text(40),
  },
  Contact: {
    Salutation: text(40),
    FirstName: text(40),
    MiddleName: text(40),
    LastName: { type: 'string', minLength: 1, maxLength: 80 },
    Suffix: text(40),
    OwnerId: { type: 'string', pattern: '^[A-Za-z0-9]{18}$' },
    AccountId: reference,
    ReportsToId: reference,
    Title: text(128),
    TitleType: text(255),
    Department: text(80),
    DepartmentGroup: text(255),
    BuyerAttributes: text(4_000),
    Phone: text(40),
    MobilePhone: text(40),
    HomePhone: text(40),
    OtherPhone: text(40),
    Fax: text(40),
    Email: nullable({ type: 'string', format: 'email', maxLength: 80 }),
    Birthdate: nullable({ type: 'string', format: 'date' }),
    GenderIdentity: text(255),
    Pronouns: text(255),
    AssistantName: text(40),
    AssistantPhone: text(40),
    LeadSource: text(255),
    DoNotCall: truth,
    HasOptedOutOfEmail: truth,
    HasOptedOutOfFax: truth,
    EmailBouncedDate: text(40),
    EmailBouncedReason: text(255),
    ...addressSchemas('Mailing'),
    ...addressSchemas('Other'),
    Description: text(32_000),
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, JsonSchema>>>>

export type TableName = keyof typeof writable

export const requiredOn = { Account: ['Name'], Contact: ['LastName'] } as const

export const keyPrefixes = { Account: '001', Contact: '003' } as const

export function isTableName(name: string): name is TableName {
  return Object.hasOwn(writable, name)
}
