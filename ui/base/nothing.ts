/** Stands in for the component library's usage statistics: the build reports nothing. */
export function usageStatistics(): void {
  // Nothing is gathered, nothing is sent.
}
