/** Small drawings of the kinds of field on a 32-pixel grid: an outline, and an accent on what matters. */
export type KindIcon = keyof typeof drawings

export interface Drawing {
  readonly line: string
  /** Drawn in the accent colour. */
  readonly accent: string
}

const box = 'M4 9h24v14H4z'

const drawings = {
  text: { line: box, accent: 'M9 13v6M8 13h2M8 19h2M13 19h9' },
  area: { line: 'M4 6h24v20H4z', accent: 'M8 11h16M8 16h12' },
  longText: { line: 'M6 4h20v24H6z', accent: 'M10 9h12M10 13h12M10 17h12M10 21h7' },
  richText: {
    line: 'M4 6h24v20H4zM8 21h16',
    accent: 'M9 16v-6h3a1.5 1.5 0 0 1 0 3h-3h3.5a1.5 1.5 0 0 1 0 3zM20 10h4M18 16h4M22 10l-2 6',
  },
  lock: {
    line: 'M7 14h18v12H7zM11 14v-3a5 5 0 0 1 10 0v3',
    accent: 'M12 20h.01M16 20h.01M20 20h.01',
  },
  email: { line: 'M4 8h24v16H4z', accent: 'M5 9l11 9 11-9' },
  phone: {
    line: 'M9 5l4 1 1 6-3 2a14 14 0 0 0 7 7l2-3 6 1 1 4c0 2-2 4-4 4C13 27 5 19 5 9c0-2 2-4 4-4z',
    accent: 'M20 6a7 7 0 0 1 6 6',
  },
  link: {
    line: 'M14 12l3-3a5 5 0 0 1 7 7l-3 3M18 20l-3 3a5 5 0 0 1-7-7l3-3',
    accent: 'M13 19l6-6',
  },
  number: { line: box, accent: 'M9 14l2-1v6M15 14c1-2 4-1 3 1l-3 4h4M23 13v6' },
  currency: {
    line: 'M3 9h26v14H3zM7 16h.01M25 16h.01',
    accent: 'M19 13a4 4 0 1 0 0 6M12 15h5M12 17h5',
  },
  percent: { line: 'M7 25L25 7', accent: 'M10 7a3 3 0 1 0 .01 0zM22 19a3 3 0 1 0 .01 0z' },
  checkbox: { line: 'M7 7h18v18H7z', accent: 'M11 16l4 4 7-8' },
  picklist: { line: 'M4 6h24v8H4zM4 14v13h24V14', accent: 'M20 9l2 2 2-2M9 18h10M9 22h7' },
  multiselect: {
    line: 'M5 5h6v6H5zM5 14h6v6H5zM5 23h6v4H5z',
    accent: 'M6.500 8l1.500 1.500L11 6M15 8h12M15 17h12M15 25h8',
  },
  date: {
    line: 'M5 8h22v19H5zM5 13h22M11 5v5M21 5v5',
    accent: 'M11 18h.01M16 18h.01M21 18h.01M11 22h.01M16 22h.01',
  },
  dateTime: {
    line: 'M4 7h20v7M4 7v18h11M4 12h20M9 4v5M19 4v5',
    accent: 'M22 17a6 6 0 1 0 .01 0zM22 20v3l2 2',
  },
  time: { line: 'M16 4a12 12 0 1 0 .01 0z', accent: 'M16 9v7l5 3' },
  lookup: { line: 'M4 5h10v9H4zM18 18h10v9H18z', accent: 'M9 14v9h7M13 20l3 3-3 3' },
  masterDetail: {
    line: 'M11 4h10v7H11zM4 21h9v7H4zM19 21h9v7h-9z',
    accent: 'M16 11v5M8.500 21v-5h15v5',
  },
  hierarchy: {
    line: 'M16 4a3 3 0 1 0 .01 0zM8 21a3 3 0 1 0 .01 0zM24 21a3 3 0 1 0 .01 0z',
    accent: 'M16 10v5M8 20v-5h16v5',
  },
  formula: {
    line: box,
    accent: 'M14 12c-2-1-3 0-3 2v6c0 1-1 2-2 1M8 15h5M16 15l5 5M21 15l-5 5',
  },
  summary: { line: 'M6 5h20v22H6z', accent: 'M20 11h-8l4 5-4 5h8' },
  autoNumber: {
    line: box,
    accent: 'M8 14l1.500-1v6M13 14c1-2 4-1 3 1l-3 4h3M20 13h3l-2 3a1.500 1.500 0 1 1-1 3',
  },
  location: {
    line: 'M16 28c-5-6-9-10-9-15a9 9 0 0 1 18 0c0 5-4 9-9 15z',
    accent: 'M16 10a3 3 0 1 0 .01 0z',
  },
} as const satisfies Readonly<Record<string, Drawing>>

export function kindDrawing(icon: KindIcon): Drawing {
  return drawings[icon]
}
