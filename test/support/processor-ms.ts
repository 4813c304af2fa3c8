/** Processor time of this process so far: bounds on work hold on a busy machine too, those on the clock do not. */
export function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

const triesMax = 3

/** The least of a few runs: what others in the process need meanwhile, collecting garbage above all, is not in it. */
export async function leastProcessorMs<Result>(
  work: () => Promise<Result> | Result,
): Promise<readonly [Result, number]> {
  let least = Infinity
  for (let tried = 1; ; tried++) {
    const start = processorMs()
    const result = await work()
    least = Math.min(least, processorMs() - start)
    if (tried === triesMax) return [result, least]
  }
}
