/** What kinds of files there are: their words, which signature each name promises, and which may be shown in the browser. */
import { supportedExtensions } from 'file-type'

/** As the platform names them, by the ending of the name. */
const fileTypes: ReadonlyMap<string, string> = new Map([
  ['txt', 'TEXT'],
  ['log', 'TEXT'],
  ['md', 'TEXT'],
  ['csv', 'CSV'],
  ['json', 'JSON'],
  ['xml', 'XML'],
  ['htm', 'HTML'],
  ['html', 'HTML'],
  ['svg', 'SVG'],
  ['pdf', 'PDF'],
  ['doc', 'WORD'],
  ['docx', 'WORD_X'],
  ['xls', 'EXCEL'],
  ['xlsx', 'EXCEL_X'],
  ['ppt', 'POWER_POINT'],
  ['pptx', 'POWER_POINT_X'],
  ['rtf', 'RTF'],
  ['jpg', 'JPG'],
  ['jpeg', 'JPEG'],
  ['png', 'PNG'],
  ['gif', 'GIF'],
  ['bmp', 'BMP'],
  ['tif', 'TIFF'],
  ['tiff', 'TIFF'],
  ['webp', 'WEBP'],
  ['zip', 'ZIP'],
  ['mp3', 'MP3'],
  ['mp4', 'MP4'],
  ['mov', 'MOV'],
  ['wav', 'WAV'],
  ['eml', 'EML'],
  ['msg', 'MSG'],
  ['exe', 'EXE'],
])

export function extensionOf(name: string): string | undefined {
  const found = /\.([A-Za-z0-9]{1,40})$/.exec(name)?.[1]
  return found?.toLowerCase()
}

/** Longer words are cut as the field is. */
export function fileTypeOf(extension: string | undefined): string {
  if (extension === undefined) return 'UNKNOWN'
  return fileTypes.get(extension) ?? extension.toUpperCase().slice(0, 20)
}

const inZip = 'docx xlsx pptx docm xlsm pptm dotx xltx potx odt ods odp epub jar apk xpi kmz'
const inCompound = 'doc xls ppt msi msg'
const inText = 'xml vcf ics rtf pgp eps'

/** Names whose content has the signature of something more general, or of a near kin. */
const kin: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...inZip.split(' ').map((name) => [name, ['zip', `${name.slice(0, 3)}x`]] as const),
  ...inCompound.split(' ').map((name) => [name, ['cfb']] as const),
  ...inText.split(' ').map((name) => [name, ['txt', 'xml', 'ps']] as const),
  ['jpg', ['jpeg', 'mpo']],
  ['jpeg', ['jpg', 'mpo']],
  ['tif', ['tiff']],
  ['tiff', ['tif']],
  ['png', ['apng']],
  ['gz', ['tar.gz']],
  ['tgz', ['gz', 'tar.gz']],
  ['mp4', ['m4v', 'mov', 'm4a', '3gp']],
  ['m4v', ['mp4', 'mov']],
  ['m4a', ['mp4']],
  ['mov', ['mp4', 'm4v']],
  ['wma', ['asf']],
  ['wmv', ['asf']],
  ['ogg', ['oga', 'ogv', 'opus', 'ogx', 'spx']],
  ['ai', ['pdf', 'ps']],
])

/** Programs: never under another name. */
const programs: ReadonlySet<string> = new Set(
  'exe elf macho msi lnk wasm class dex deb rpm crx nes swf'.split(' '),
)
const programNames: ReadonlySet<string> = new Set([
  ...programs,
  ...'dll com scr sys so bin dylib o'.split(' '),
])

/** True where the name promises another kind of file than the content is. */
export function isDisguised(named: string | undefined, found: string | undefined): boolean {
  if (named === found) return false
  if (found !== undefined && programs.has(found)) return !programNames.has(named ?? '')
  // Many kinds have no signature: of those nobody can tell.
  if (named === undefined || !supportedExtensions.has(named)) return false
  return found === undefined || kin.get(named)?.includes(found) !== true
}

/** Shown in the browser, by what the content is; everything else is only ever downloaded. */
const shown: ReadonlyMap<string, string> = new Map([
  ['png', 'image/png'],
  ['apng', 'image/png'],
  ['jpg', 'image/jpeg'],
  ['gif', 'image/gif'],
  ['webp', 'image/webp'],
  ['bmp', 'image/bmp'],
  ['pdf', 'application/pdf'],
  ['txt', 'text/plain;charset=UTF-8'],
])

export function shownAs(found: string | undefined): string | undefined {
  return found === undefined ? undefined : shown.get(found)
}
