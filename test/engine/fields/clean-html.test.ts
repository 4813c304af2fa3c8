import { expect, test } from 'vitest'
import { cleanHtml, plainText } from '../../../engine/fields/clean-html.ts'

const link = 'target="_blank" rel="noopener noreferrer nofollow"'

test.each([
  ['<p>a</p><script>alert(1)</script>', '<p>a</p>'],
  ['<img src=x onerror=alert(1)>b', 'b'],
  ['<a href="javascript:alert(1)">c</a>', `<a ${link}>c</a>`],
  ['<a href="java\tscript:alert(1)">c</a>', `<a ${link}>c</a>`],
  ['<a href="&#106;avascript:alert(1)">c</a>', `<a ${link}>c</a>`],
  ['<a href="data:text/html,x">c</a>', `<a ${link}>c</a>`],
  ['<a href="//evil.example">c</a>', `<a ${link}>c</a>`],
  [
    '<a href="https://example.com" onclick="x()" style="x">c</a>',
    `<a href="https://example.com" ${link}>c</a>`,
  ],
  [
    '<a href="mailto:ana@example.com" target="_top" rel="opener">c</a>',
    `<a href="mailto:ana@example.com" ${link}>c</a>`,
  ],
  ['<p style="position:fixed" class="x" id="y">d</p>', '<p>d</p>'],
  ['<iframe srcdoc="<script>1</script>"></iframe>e', 'e'],
  ['<svg><script>alert(1)</script></svg>f', 'f'],
  ['<math><mtext></mtext></math>g', 'g'],
  ['<style>p{}</style>h', 'h'],
  ['<form action=x><input name=a><button>i</button></form>', 'i'],
  ['<!-- j --><b>k', '<b>k</b>'],
  [
    '<table><tr><td colspan="2" onmouseover="x">l</td></tr></table>',
    '<table><tr><td colspan="2">l</td></tr></table>',
  ],
])('cleans %s to %s', (raw, cleaned) => {
  expect(cleanHtml(raw)).toBe(cleaned)
})

test.each([
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=x&gt;">',
  '<textarea><script>alert(1)</script></textarea>',
  '<xmp><img src=x onerror=alert(1)></xmp>',
])('leaves no element that could act in %s', (raw) => {
  expect(cleanHtml(raw)).not.toMatch(/<(?:img|script|style|svg|math|textarea|xmp|noscript)/i)
})

test('changes nothing more when it cleans again', () => {
  const once = cleanHtml('<p>1 &lt; 2 &amp; <a href="https://a.example?b=1&c=2">x</a><br>y</p>')
  expect(cleanHtml(once)).toBe(once)
})

test('answers deep nesting without breaking', () => {
  expect(cleanHtml(`${'<div>'.repeat(20_000)}deep`)).toContain('deep')
})

test('gives the plain text of rich text with its lines', () => {
  expect(plainText('<p>1 &lt; 2 &amp;&amp; <b>3</b></p><ul><li>a</li><li>b</li></ul>')).toBe(
    '1 < 2 && 3\na\nb',
  )
})
