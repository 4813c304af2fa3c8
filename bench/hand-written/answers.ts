/** Rows → the objects that are answered, written out field by field. */
import { dataPath } from '../shapes.ts'
import type { Row } from './database.ts'
import type { TableName } from './tables.ts'

function attributes(type: TableName, id: unknown) {
  return { type, url: `${dataPath}/sobjects/${type}/${String(id)}` }
}

function address(row: Row, prefix: 'Billing' | 'Shipping' | 'Mailing' | 'Other') {
  const street = row[`${prefix}Street`] ?? null
  const city = row[`${prefix}City`] ?? null
  const state = row[`${prefix}State`] ?? null
  const postalCode = row[`${prefix}PostalCode`] ?? null
  const country = row[`${prefix}Country`] ?? null
  const latitude = row[`${prefix}Latitude`] ?? null
  const longitude = row[`${prefix}Longitude`] ?? null
  const geocodeAccuracy = row[`${prefix}GeocodeAccuracy`] ?? null
  const isEmpty =
    (street ?? city ?? state ?? postalCode ?? country ?? latitude ?? longitude) === null &&
    geocodeAccuracy === null
  if (isEmpty) return null
  return { street, city, state, postalCode, country, latitude, longitude, geocodeAccuracy }
}

export function accountAnswer(row: Row) {
  return {
    attributes: attributes('Account', row.Id),
    Id: row.Id,
    IsDeleted: row.IsDeleted === 1,
    Name: row.Name,
    CreatedDate: row.CreatedDate,
    CreatedById: row.CreatedById,
    LastModifiedDate: row.LastModifiedDate,
    LastModifiedById: row.LastModifiedById,
    SystemModstamp: row.SystemModstamp,
    OwnerId: row.OwnerId,
    RecordTypeId: row.RecordTypeId,
    ParentId: row.ParentId,
    AccountNumber: row.AccountNumber,
    Type: row.Type,
    Industry: row.Industry,
    AccountSource: row.AccountSource,
    Rating: row.Rating,
    Ownership: row.Ownership,
    AnnualRevenue: row.AnnualRevenue,
    NumberOfEmployees: row.NumberOfEmployees,
    OpenInvoiceAmount: row.OpenInvoiceAmount,
    YearStarted: row.YearStarted,
    Phone: row.Phone,
    Fax: row.Fax,
    Website: row.Website,
    BillingAddress: address(row, 'Billing'),
    BillingStreet: row.BillingStreet,
    BillingCity: row.BillingCity,
    BillingState: row.BillingState,
    BillingPostalCode: row.BillingPostalCode,
    BillingCountry: row.BillingCountry,
    BillingLatitude: row.BillingLatitude,
    BillingLongitude: row.BillingLongitude,
    BillingGeocodeAccuracy: row.BillingGeocodeAccuracy,
    ShippingAddress: address(row, 'Shipping'),
    ShippingStreet: row.ShippingStreet,
    ShippingCity: row.ShippingCity,
    ShippingState: row.ShippingState,
    ShippingPostalCode: row.ShippingPostalCode,
    ShippingCountry: row.ShippingCountry,
    ShippingLatitude: row.ShippingLatitude,
    ShippingLongitude: row.ShippingLongitude,
    ShippingGeocodeAccuracy: row.ShippingGeocodeAccuracy,
    Description: row.Description,
    Site: row.Site,
    Tradestyle: row.Tradestyle,
    TickerSymbol: row.TickerSymbol,
    DunsNumber: row.DunsNumber,
    Sic: row.Sic,
    SicDesc: row.SicDesc,
    NaicsCode: row.NaicsCode,
    NaicsDesc: row.NaicsDesc,
    IsActive: row.IsActive === 1,
    EffectiveDate: row.EffectiveDate,
    EndDate: row.EndDate,
    SourceSystemIdentifier: row.SourceSystemIdentifier,
    SourceSystemModifiedDate: row.SourceSystemModifiedDate,
  }
}

export function contactAnswer(row: Row) {
  return {
    attributes: attributes('Contact', row.Id),
    Id: row.Id,
    IsDeleted: row.IsDeleted === 1,
    Name: row.Name,
    Salutation: row.Salutation,
    FirstName: row.FirstName,
    MiddleName: row.MiddleName,
    LastName: row.LastName,
    Suffix: row.Suffix,
    CreatedDate: row.CreatedDate,
    CreatedById: row.CreatedById,
    LastModifiedDate: row.LastModifiedDate,
    LastModifiedById: row.LastModifiedById,
    SystemModstamp: row.SystemModstamp,
    OwnerId: row.OwnerId,
    AccountId: row.AccountId,
    ReportsToId: row.ReportsToId,
    Title: row.Title,
    TitleType: row.TitleType,
    Department: row.Department,
    DepartmentGroup: row.DepartmentGroup,
    BuyerAttributes: row.BuyerAttributes,
    Phone: row.Phone,
    MobilePhone: row.MobilePhone,
    HomePhone: row.HomePhone,
    OtherPhone: row.OtherPhone,
    Fax: row.Fax,
    Email: row.Email,
    Birthdate: row.Birthdate,
    GenderIdentity: row.GenderIdentity,
    Pronouns: row.Pronouns,
    AssistantName: row.AssistantName,
    AssistantPhone: row.AssistantPhone,
    LeadSource: row.LeadSource,
    DoNotCall: row.DoNotCall === 1,
    HasOptedOutOfEmail: row.HasOptedOutOfEmail === 1,
    HasOptedOutOfFax: row.HasOptedOutOfFax === 1,
    EmailBouncedDate: row.EmailBouncedDate,
    EmailBouncedReason: row.EmailBouncedReason,
    MailingAddress: address(row, 'Mailing'),
    MailingStreet: row.MailingStreet,
    MailingCity: row.MailingCity,
    MailingState: row.MailingState,
    MailingPostalCode: row.MailingPostalCode,
    MailingCountry: row.MailingCountry,
    MailingLatitude: row.MailingLatitude,
    MailingLongitude: row.MailingLongitude,
    MailingGeocodeAccuracy: row.MailingGeocodeAccuracy,
    OtherAddress: address(row, 'Other'),
    OtherStreet: row.OtherStreet,
    OtherCity: row.OtherCity,
    OtherState: row.OtherState,
    OtherPostalCode: row.OtherPostalCode,
    OtherCountry: row.OtherCountry,
    OtherLatitude: row.OtherLatitude,
    OtherLongitude: row.OtherLongitude,
    OtherGeocodeAccuracy: row.OtherGeocodeAccuracy,
    Description: row.Description,
  }
}

export function listedAccount(row: Row) {
  return {
    attributes: attributes('Account', row.Id),
    Id: row.Id,
    Name: row.Name,
    Type: row.Type,
    Industry: row.Industry,
    Phone: row.Phone,
    Website: row.Website,
    AnnualRevenue: row.AnnualRevenue,
    NumberOfEmployees: row.NumberOfEmployees,
    BillingCity: row.BillingCity,
    OwnerId: row.OwnerId,
    CreatedDate: row.CreatedDate,
    LastModifiedDate: row.LastModifiedDate,
  }
}

export function listedContact(row: Row) {
  return {
    attributes: attributes('Contact', row.Id),
    Id: row.Id,
    Name: row.Name,
    Title: row.Title,
    Email: row.Email,
    Phone: row.Phone,
    MobilePhone: row.MobilePhone,
    Department: row.Department,
    LeadSource: row.LeadSource,
    OwnerId: row.OwnerId,
    CreatedDate: row.CreatedDate,
    LastModifiedDate: row.LastModifiedDate,
    Account:
      row.AccountId === null
        ? null
        : { attributes: attributes('Account', row.AccountId), Name: row.AccountName },
  }
}

type Child = readonly [id: string, lastName: string, email: string | null]

export function accountWithContacts(row: Row) {
  const children: readonly Child[] = JSON.parse(String(row.Contacts))
  const records = children.map(([Id, LastName, Email]) => {
    return { attributes: attributes('Contact', Id), Id, LastName, Email }
  })
  const Contacts = records.length === 0 ? null : { totalSize: records.length, done: true, records }
  return { attributes: attributes('Account', row.Id), Id: row.Id, Name: row.Name, Contacts }
}

export function industryTotal({ Industry, records, revenue }: Row) {
  return { attributes: { type: 'AggregateResult' }, Industry, records, revenue }
}
