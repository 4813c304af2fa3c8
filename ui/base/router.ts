/** The router: stable paths to lazily imported pages, one guard against losing input. */

export interface Route {
  /** Segments; `:name` takes one, a closing `*` takes the rest. */
  readonly pattern: string
  /** The page's element; it gets the `RouteLocation` in its property `location`. */
  readonly tag: string
  load(): Promise<unknown>
}

export interface RouteLocation {
  readonly route: Route
  /** Decoded; the rest under the name `*`. */
  readonly params: ReadonlyMap<string, string>
  readonly query: URLSearchParams
  readonly path: string
}

/** Asked before leaving; true lets the user go. */
export type LeaveGuard = (nextPath: string) => Promise<boolean>

/** What every page element has. */
export interface Page extends HTMLElement {
  location: RouteLocation | undefined
}

/** The route for a path, or undefined. */
export function matchRoute(routes: readonly Route[], path: string): RouteLocation | undefined {
  const url = new URL(path, 'http://fieldstone')
  const segments = url.pathname.split('/').filter((part) => part !== '')
  for (const route of routes) {
    const params = matchSegments(route.pattern, segments)
    if (params) return { route, params, query: url.searchParams, path: url.pathname + url.search }
  }
  return undefined
}

function matchSegments(
  pattern: string,
  segments: readonly string[],
): ReadonlyMap<string, string> | undefined {
  const wanted = pattern.split('/').filter((part) => part !== '')
  const params = new Map<string, string>()
  for (const [index, part] of wanted.entries()) {
    if (part === '*') {
      params.set('*', segments.slice(index).join('/'))
      return params
    }
    const segment = segments[index]
    if (segment === undefined) return undefined
    if (part.startsWith(':')) params.set(part.slice(1), decodeSegment(segment))
    else if (part !== segment) return undefined
  }
  return wanted.length === segments.length ? params : undefined
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    // A hand-typed `%` that encodes nothing is taken as it stands.
    return segment
  }
}

interface Entry {
  readonly position: number
}

/** Follows the browser's history; fires `navigated` after each change of the path. */
class Router extends EventTarget {
  #routes: readonly Route[] = []
  #guard: LeaveGuard | undefined
  #position = 0
  #path = ''
  #returning = false
  current: RouteLocation | undefined

  start(routes: readonly Route[]): void {
    this.#routes = routes
    const state: unknown = history.state
    this.#position = isEntry(state) ? state.position : 0
    history.replaceState({ position: this.#position }, '')
    window.addEventListener('popstate', (event) => void this.#onPop(event))
    document.addEventListener('click', (event) => this.#onClick(event))
    window.addEventListener('beforeunload', (event) => {
      if (this.#guard) event.preventDefault()
    })
    this.#show()
  }

  /** Goes to a path of this application; false when the guard kept the user here. */
  async navigate(path: string, options: { readonly replace?: boolean } = {}): Promise<boolean> {
    if (!(await this.#mayLeave(path))) return false
    if (options.replace === true) {
      history.replaceState({ position: this.#position }, '', path)
    } else {
      this.#position++
      history.pushState({ position: this.#position }, '', path)
    }
    this.#show()
    return true
  }

  back(fallback: string): Promise<boolean> {
    if (this.#position === 0) return this.navigate(fallback, { replace: true })
    history.back()
    return Promise.resolve(true)
  }

  /** Keeps the user from losing input; one guard at a time. Returns the function that lifts it. */
  guard(guard: LeaveGuard): () => void {
    this.#guard = guard
    return () => {
      if (this.#guard === guard) this.#guard = undefined
    }
  }

  async #mayLeave(path: string): Promise<boolean> {
    const guard = this.#guard
    if (!guard) return true
    const may = await guard(path)
    if (may && this.#guard === guard) this.#guard = undefined
    return may
  }

  async #onPop(event: PopStateEvent): Promise<void> {
    if (this.#returning) {
      this.#returning = false
      return
    }
    const next = isEntry(event.state) ? event.state.position : 0
    const wantedPath = location.pathname + location.search
    if (this.#guard && wantedPath !== this.#path) {
      // The browser has moved already: go back to where the form is, then ask.
      const delta = next - this.#position
      this.#returning = true
      history.go(-delta)
      if (await this.#mayLeave(wantedPath)) history.go(delta)
      return
    }
    this.#position = next
    this.#show()
  }

  #onClick(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0) return
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    const anchor = event.composedPath().find((node) => node instanceof HTMLAnchorElement)
    if (!anchor || anchor.target === '_blank' || anchor.hasAttribute('download')) return
    const url = new URL(anchor.href, location.href)
    if (url.origin !== location.origin || url.pathname.startsWith('/services/')) return
    if (url.hash !== '' && url.pathname === location.pathname) return
    event.preventDefault()
    void this.navigate(url.pathname + url.search)
  }

  #show(): void {
    this.#path = location.pathname + location.search
    this.current = matchRoute(this.#routes, this.#path)
    this.dispatchEvent(new Event('navigated'))
  }
}

function isEntry(state: unknown): state is Entry {
  return typeof state === 'object' && state !== null && 'position' in state
}

export const router = new Router()
