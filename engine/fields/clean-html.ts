/** Rich text from outside, reduced to a safe subset of markup. */
import sanitizeHtml, { type IOptions } from 'sanitize-html'

const blocks = ['p', 'div', 'br', 'hr', 'blockquote', 'pre', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6']
const inlines = ['a', 'b', 'strong', 'i', 'em', 'u', 's', 'strike', 'sub', 'sup', 'code', 'span']
const lists = ['ul', 'ol', 'li']
const tables = ['table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td']
const nestingMax = 100

/** Neither classes nor styles nor ids: a text can not dress up as a part of the screen. */
const options: IOptions = {
  allowedTags: [...blocks, ...inlines, ...lists, ...tables],
  allowedAttributes: {
    a: ['href', 'title', 'target', 'rel'],
    ol: ['start', 'type'],
    th: ['colspan', 'rowspan', 'scope'],
    td: ['colspan', 'rowspan'],
  },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowedSchemesAppliedToAttributes: ['href'],
  allowProtocolRelative: false,
  nestingLimit: nestingMax,
  transformTags: { a: safeLink },
  disallowedTagsMode: 'discard',
}

/** A link opens apart from the application and tells the other side nothing. */
function safeLink(tagName: string, attributes: sanitizeHtml.Attributes): sanitizeHtml.Tag {
  const { href, title } = attributes
  return {
    tagName,
    attribs: {
      ...(href === undefined ? {} : { href }),
      ...(title === undefined ? {} : { title }),
      target: '_blank',
      rel: 'noopener noreferrer nofollow',
    },
  }
}

/**
 * Scripts, handlers, styles, frames, images, SVG and MathML are dropped; their plain text stays
 * where it is text.
 */
export function cleanHtml(html: string): string {
  return sanitizeHtml(html, options)
}

/** The text of rich text, blocks apart by line ends. */
export function plainText(html: string): string {
  const marked = html.replace(/<(?:br|\/p|\/div|\/li|\/h[1-6]|\/tr|\/blockquote|\/pre)\b/gi, '\n$&')
  const bare = sanitizeHtml(marked, { allowedTags: [], allowedAttributes: {} })
  return unescapeText(bare).trim()
}

/**
 * The cleaner writes text with these four escapes; `&amp;` comes last so that nothing is read
 * twice.
 */
function unescapeText(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}
