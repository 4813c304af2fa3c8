/** A file in a dialog: pictures, PDF files and texts as they are, a way to download all others. */
import { html } from 'lit'
import { t } from '../../base/text.ts'
import { files, type FileInfo } from '../../files-api.ts'
import '../dialog/dialog.ts'
import { openDialog } from '../dialog/open-dialog.ts'

const textCharsMax = 100_000
const pictures = new Set(['png', 'jpg', 'jpeg', 'gif', 'webp', 'bmp'])
const texts = new Set(['txt', 'csv', 'log', 'md', 'json', 'xml'])

export async function showFile(file: FileInfo): Promise<void> {
  const content = await contentOf(file)
  await openDialog<void>(
    (answer) =>
      html`<fs-dialog
        size="large"
        .heading=${file.title}
        .open=${true}
        @dialog-close=${() => answer()}
      >
        ${content}
        <a slot="footer" class="button" href=${files.contentPath(file.versionId)} download
          >${t('Download')}</a
        >
      </fs-dialog>`,
  )
}

/** The server decides by the content itself what may be shown; the name only chooses the frame. */
async function contentOf({ extension, versionId, title }: FileInfo): Promise<unknown> {
  const path = files.contentPath(versionId, true)
  if (pictures.has(extension)) {
    return html`<img src=${path} alt=${title} style="max-width:100%;max-height:70vh" />`
  }
  if (extension === 'pdf') {
    return html`<iframe
      src=${path}
      title=${title}
      style="width:100%;height:70vh;border:0"
    ></iframe>`
  }
  if (!texts.has(extension)) return html`<p>${t('This kind of file cannot be shown here.')}</p>`
  const shown = await files.text(versionId, textCharsMax)
  return html`<pre style="max-height:70vh;overflow:auto;white-space:pre-wrap">${shown}</pre>`
}
