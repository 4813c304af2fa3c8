/** The places of a deploy at which tests end the process, throw or wait. */
export const failpoints = [
  'deploy: move begun',
  'deploy: batch written',
  'deploy: values moved',
  'deploy: version taken',
  'deploy: tables settled',
  'deploy: rows written',
  'deploy: value replaced',
  'deploy: before commit',
  'deploy: committed',
  'deploy: index built',
  'files: one written',
] as const

export type FailpointName = (typeof failpoints)[number]

export type Failpoint = (name: FailpointName) => void
