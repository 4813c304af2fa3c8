import { describe, expect, it } from 'vitest'
import { safeLink } from '../../../ui/base/safe-link.ts'

describe('safeLink', () => {
  it.each([
    ['https://example.com/a?b=1', 'https://example.com/a?b=1'],
    ['example.com', 'https://example.com/'],
    ['mailto:a@example.com', 'mailto:a@example.com'],
  ])('links %s', (text, link) => expect(safeLink(text)).toBe(link))

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc',
    'java\tscript:alert(1)',
    'java\nscript:alert(1)',
    '//evil.example/x',
    'https://user:word@example.com/',
    'mailto:a@example.com?bcc=b@example.com%0d%0aTo:c@example.com',
    ' ',
  ])('does not link %s', (text) => expect(safeLink(text)).toBeUndefined())
})
