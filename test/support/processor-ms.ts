/** Processor time of this process so far: bounds on work hold on a busy machine too, those on the clock do not. */
export function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}
