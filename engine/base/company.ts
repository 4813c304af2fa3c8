/** What the organisation as a whole decides for everybody: its fiscal year and its currency. */

export interface FiscalYear {
  /** 1 is January. */
  readonly startMonth: number
  /** The year is called after the calendar year it begins in, not the one it ends in. */
  readonly namedByStart: boolean
}

export interface Company {
  readonly fiscalYear: FiscalYear
  /** ISO code of the one currency of all amounts. */
  readonly currency: string
}

export const calendarYear: FiscalYear = Object.freeze({ startMonth: 1, namedByStart: false })

/** What counts where the organisation says nothing. */
export const plainCompany: Company = Object.freeze({ fiscalYear: calendarYear, currency: 'USD' })
