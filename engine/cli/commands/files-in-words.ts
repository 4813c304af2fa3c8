/** Contents of files as commands speak of them. */
import type { FileSettings } from '../../storage/files/open-files.ts'

const megabyte = 1_000_000

export function filesInWords(count: number, bytes: number): string {
  return `${count} files (${(bytes / megabyte).toFixed(1)} MB)`
}

export function placeInWords(files: FileSettings): string {
  if ('folder' in files) return files.folder
  const { bucket, prefix } = files.bucket
  return `s3://${bucket}/${prefix}`
}
