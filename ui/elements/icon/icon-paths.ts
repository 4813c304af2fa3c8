/** The icons in use: the outlines of the Heroicons set, read at build time, one line each. */
import adjustments from 'heroicons/24/outline/adjustments-horizontal.svg?raw'
import arrowDown from 'heroicons/24/outline/arrow-down.svg?raw'
import arrowLeft from 'heroicons/24/outline/arrow-left.svg?raw'
import arrowPath from 'heroicons/24/outline/arrow-path.svg?raw'
import arrowRight from 'heroicons/24/outline/arrow-right.svg?raw'
import arrowUp from 'heroicons/24/outline/arrow-up.svg?raw'
import undo from 'heroicons/24/outline/arrow-uturn-left.svg?raw'
import signOut from 'heroicons/24/outline/arrow-right-start-on-rectangle.svg?raw'
import external from 'heroicons/24/outline/arrow-top-right-on-square.svg?raw'
import bell from 'heroicons/24/outline/bell.svg?raw'
import bold from 'heroicons/24/outline/bold.svg?raw'
import bolt from 'heroicons/24/outline/bolt.svg?raw'
import check from 'heroicons/24/outline/check.svg?raw'
import checkCircle from 'heroicons/24/outline/check-circle.svg?raw'
import chevronDown from 'heroicons/24/outline/chevron-down.svg?raw'
import chevronLeft from 'heroicons/24/outline/chevron-left.svg?raw'
import chevronRight from 'heroicons/24/outline/chevron-right.svg?raw'
import chevronUp from 'heroicons/24/outline/chevron-up.svg?raw'
import circleStack from 'heroicons/24/outline/circle-stack.svg?raw'
import clock from 'heroicons/24/outline/clock.svg?raw'
import codeBracket from 'heroicons/24/outline/code-bracket.svg?raw'
import gear from 'heroicons/24/outline/cog-6-tooth.svg?raw'
import cube from 'heroicons/24/outline/cube.svg?raw'
import copy from 'heroicons/24/outline/document-duplicate.svg?raw'
import document from 'heroicons/24/outline/document-text.svg?raw'
import more from 'heroicons/24/outline/ellipsis-horizontal.svg?raw'
import moreVertical from 'heroicons/24/outline/ellipsis-vertical.svg?raw'
import warning from 'heroicons/24/outline/exclamation-triangle.svg?raw'
import envelope from 'heroicons/24/outline/envelope.svg?raw'
import error from 'heroicons/24/outline/exclamation-circle.svg?raw'
import eye from 'heroicons/24/outline/eye.svg?raw'
import eyeSlash from 'heroicons/24/outline/eye-slash.svg?raw'
import funnel from 'heroicons/24/outline/funnel.svg?raw'
import home from 'heroicons/24/outline/home.svg?raw'
import info from 'heroicons/24/outline/information-circle.svg?raw'
import italic from 'heroicons/24/outline/italic.svg?raw'
import merge from 'heroicons/24/outline/arrows-pointing-in.svg?raw'
import key from 'heroicons/24/outline/key.svg?raw'
import link from 'heroicons/24/outline/link.svg?raw'
import list from 'heroicons/24/outline/list-bullet.svg?raw'
import lock from 'heroicons/24/outline/lock-closed.svg?raw'
import search from 'heroicons/24/outline/magnifying-glass.svg?raw'
import minus from 'heroicons/24/outline/minus.svg?raw'
import numberedList from 'heroicons/24/outline/numbered-list.svg?raw'
import pencil from 'heroicons/24/outline/pencil.svg?raw'
import plus from 'heroicons/24/outline/plus.svg?raw'
import printer from 'heroicons/24/outline/printer.svg?raw'
import shield from 'heroicons/24/outline/shield-check.svg?raw'
import table from 'heroicons/24/outline/table-cells.svg?raw'
import trash from 'heroicons/24/outline/trash.svg?raw'
import underline from 'heroicons/24/outline/underline.svg?raw'
import user from 'heroicons/24/outline/user.svg?raw'
import users from 'heroicons/24/outline/users.svg?raw'
import close from 'heroicons/24/outline/x-mark.svg?raw'

const sources = {
  adjustments,
  'arrow-down': arrowDown,
  'arrow-left': arrowLeft,
  'arrow-right': arrowRight,
  'arrow-up': arrowUp,
  bell,
  bold,
  bolt,
  check,
  'check-circle': checkCircle,
  'chevron-down': chevronDown,
  'chevron-left': chevronLeft,
  'chevron-right': chevronRight,
  'chevron-up': chevronUp,
  'circle-stack': circleStack,
  clock,
  close,
  code: codeBracket,
  copy,
  cube,
  document,
  envelope,
  error,
  external,
  eye,
  'eye-slash': eyeSlash,
  funnel,
  gear,
  home,
  info,
  italic,
  key,
  link,
  list,
  lock,
  merge,
  minus,
  more,
  'more-vertical': moreVertical,
  'numbered-list': numberedList,
  pencil,
  plus,
  printer,
  refresh: arrowPath,
  search,
  shield,
  'sign-out': signOut,
  table,
  trash,
  undo,
  underline,
  user,
  users,
  warning,
}

export type IconName = keyof typeof sources | 'apps'

/** The nine dots of the app launcher: drawn here, the set has none. */
const nineDots = [5, 12, 19].flatMap((y) => [5, 12, 19].map((x) => `M${x - 0.5} ${y}h1`))

/** Of one of the set's files. */
export function pathsOf(source: string): readonly string[] {
  return [...source.matchAll(/ d="([^"]+)"/g)].map((match) => match[1] ?? '')
}

export const iconPaths: Readonly<Record<IconName, readonly string[]>> = {
  // The keys of `sources` are the icon names; Object.entries widens them to string.
  ...(Object.fromEntries(
    Object.entries(sources).map(([name, source]) => [name, pathsOf(source)]),
  ) as Record<keyof typeof sources, readonly string[]>),
  apps: nineDots,
}
