/** Theme and density, remembered in this browser and shown on the root element. */
export type Theme = 'system' | 'light' | 'dark'
export type Density = 'comfortable' | 'compact'

const themeKey = 'fieldstone.theme'
const densityKey = 'fieldstone.density'

export function currentTheme(): Theme {
  const stored = localStorage.getItem(themeKey)
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}

export function currentDensity(): Density {
  return localStorage.getItem(densityKey) === 'compact' ? 'compact' : 'comfortable'
}

export function setTheme(theme: Theme): void {
  localStorage.setItem(themeKey, theme)
  applyPreferences()
}

export function setDensity(density: Density): void {
  localStorage.setItem(densityKey, density)
  applyPreferences()
}

export function applyPreferences(): void {
  const root = document.documentElement
  const theme = currentTheme()
  if (theme === 'system') root.removeAttribute('data-theme')
  else root.setAttribute('data-theme', theme)
  root.setAttribute('data-density', currentDensity())
}

/** Remembers small choices of this user in this browser, such as the last list view of an object. */
export function remember(name: string, value: string): void {
  localStorage.setItem(`fieldstone.${name}`, value)
}

export function recall(name: string): string | undefined {
  return localStorage.getItem(`fieldstone.${name}`) ?? undefined
}
