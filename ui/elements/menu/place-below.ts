/** Puts a popover under its opener, or above it, always inside the window. */
const marginPx = 8
const gapPx = 4

export function placeBelow(opener: HTMLElement, panel: HTMLElement): void {
  const anchor = opener.getBoundingClientRect()
  const size = panel.getBoundingClientRect()
  const right = anchor.left + size.width > window.innerWidth - marginPx
  const left = right ? anchor.right - size.width : anchor.left
  const spaceBelow = window.innerHeight - anchor.bottom - gapPx - marginPx
  const above = size.height > spaceBelow && anchor.top > spaceBelow
  const space = above ? anchor.top - gapPx - marginPx : spaceBelow
  const height = Math.min(size.height, space)
  panel.style.left = `${Math.max(marginPx, left)}px`
  panel.style.top = `${above ? anchor.top - gapPx - height : anchor.bottom + gapPx}px`
  panel.style.maxHeight = `${space}px`
}
