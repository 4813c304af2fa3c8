/** Icons of objects, of the Heroicons set too: a part of the screens of its own, since Setup shows none of them. */
import trendingUp from 'heroicons/24/outline/arrow-trending-up.svg?raw'
import banknotes from 'heroicons/24/outline/banknotes.svg?raw'
import briefcase from 'heroicons/24/outline/briefcase.svg?raw'
import bank from 'heroicons/24/outline/building-library.svg?raw'
import building from 'heroicons/24/outline/building-office-2.svg?raw'
import calendar from 'heroicons/24/outline/calendar.svg?raw'
import calendarDays from 'heroicons/24/outline/calendar-days.svg?raw'
import chart from 'heroicons/24/outline/chart-bar-square.svg?raw'
import notes from 'heroicons/24/outline/chat-bubble-bottom-center-text.svg?raw'
import chat from 'heroicons/24/outline/chat-bubble-left-right.svg?raw'
import checkCircle from 'heroicons/24/outline/check-circle.svg?raw'
import clipboard from 'heroicons/24/outline/clipboard-document-list.svg?raw'
import card from 'heroicons/24/outline/credit-card.svg?raw'
import cube from 'heroicons/24/outline/cube.svg?raw'
import document from 'heroicons/24/outline/document-text.svg?raw'
import flag from 'heroicons/24/outline/flag.svg?raw'
import megaphone from 'heroicons/24/outline/megaphone.svg?raw'
import puzzle from 'heroicons/24/outline/puzzle-piece.svg?raw'
import receipt from 'heroicons/24/outline/receipt-percent.svg?raw'
import scale from 'heroicons/24/outline/scale.svg?raw'
import user from 'heroicons/24/outline/user.svg?raw'
import users from 'heroicons/24/outline/users.svg?raw'
import { pathsOf } from '../icon/icon-paths.ts'

const sources = {
  bank,
  banknotes,
  briefcase,
  building,
  calendar,
  'calendar-days': calendarDays,
  card,
  chart,
  chat,
  'check-circle': checkCircle,
  clipboard,
  cube,
  document,
  flag,
  megaphone,
  notes,
  puzzle,
  receipt,
  scale,
  'trending-up': trendingUp,
  user,
  users,
}

export type ObjectIconName = keyof typeof sources

export function objectIconPaths(name: ObjectIconName): readonly string[] {
  return pathsOf(sources[name])
}
