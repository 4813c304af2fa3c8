/** The base of all pages: where it is, what the shell knows, and how the user reads values. */
import { consume } from '@lit/context'
import { property } from 'lit/decorators.js'
import { appContext, findApp } from './app-context.ts'
import { FsElement } from './element.ts'
import { localeTag } from './formats.ts'
import type { FormatContext } from './formats.ts'
import type { Page, RouteLocation } from './router.ts'
import type { AppInfo, AppScreen } from './wire.ts'

export abstract class PageElement extends FsElement implements Page {
  @property({ attribute: false }) location: RouteLocation | undefined
  @consume({ context: appContext, subscribe: true })
  @property({ attribute: false })
  screen: AppScreen | undefined

  /** A parameter of the route; empty when it has none of this name. */
  protected param(name: string): string {
    return this.location?.params.get(name) ?? ''
  }

  protected get app(): AppInfo | undefined {
    return findApp(this.screen, this.param('app'))
  }

  /** The app as paths name it. */
  protected get appName(): string {
    return this.param('app') || (this.app?.name ?? 'all')
  }

  protected get format(): FormatContext {
    return formatOf(this.screen)
  }
}

const fallbackCurrency = 'USD'

export function formatOf(screen: AppScreen | undefined): FormatContext {
  return {
    locale: localeTag(screen?.user.locale),
    timeZone: knownZone(screen?.user.timeZone),
    currency: screen?.organization.currency ?? fallbackCurrency,
  }
}

function knownZone(timeZone: string | undefined): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: timeZone ?? 'UTC' }).resolvedOptions().timeZone
  } catch {
    // A zone that this browser does not know: times are then shown in UTC.
    return 'UTC'
  }
}
