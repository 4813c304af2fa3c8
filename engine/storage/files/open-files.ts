/** The store of contents that the settings name. */
import type { FileStore } from './file-store.ts'
import { openLocalFiles } from './local-files.ts'
import { openS3Files } from './s3-files.ts'
import type { BucketSettings } from './s3-requests.ts'

export type FileSettings = { readonly folder: string } | { readonly bucket: BucketSettings }

export function openFiles(settings: FileSettings): FileStore {
  return 'folder' in settings ? openLocalFiles(settings.folder) : openS3Files(settings.bucket)
}
