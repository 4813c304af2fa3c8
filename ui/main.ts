/** Starts the screens: preferences first, so that nothing flashes, then the shell. */
import { applyPreferences } from './base/preferences.ts'
import './elements/shell/shell.ts'

applyPreferences()
