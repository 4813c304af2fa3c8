/** Tells when a media query begins or ceases to match, until what it gives back is called. */
export function followMedia(query: string, told: (matches: boolean) => void): () => void {
  const media = matchMedia(query)
  const tell = (): void => told(media.matches)
  media.addEventListener('change', tell)
  return () => media.removeEventListener('change', tell)
}
