/** Every limit of the product, in one table; the unit stands in the name. */
export const limits = {
  // What comes in over HTTP.
  requestBodyBytesMax: 6 * 1024 * 1024,
  requestUrlBytesMax: 32 * 1024,
  requestHeaderBytesMax: 16 * 1024,
  requestTimeoutMs: 60_000,
  requestHeadersTimeoutMs: 20_000,
  requestsPerDayMax: 1_000_000_000,
  shutdownGraceMs: 10_000,
  jsonDepthMax: 64,
  // Queries.
  queryTextCharsMax: 100_000,
  queryConditionsMax: 500,
  queryDepthMax: 50,
  queryFieldsMax: 2_000,
  queryOffsetMax: 2_000,
  queryRowsMax: 50_000,
  queryPageRows: 2_000,
  parentPathDepthMax: 5,
  queryDeadlineMs: 20_000,
  slowReadsMax: 2,
  // Databases (SQLite 64 joins; PostgreSQL builders take 100 arguments).
  joinsMax: 60,
  jsonChunkArguments: 90,
  // Records.
  bulkRecordsMax: 200,
  recycleBinDays: 15,
  cascadeRecordsMax: 10_000,
  // Metadata.
  objectsMax: 10_000,
  fieldsPerObjectMax: 900,
  fieldNameCharsMax: 40,
  objectNameCharsMax: 40,
  picklistValuesMax: 1_000,
  masterDetailLevelsMax: 3,
  masterDetailPerObjectMax: 2,
  sourceFileBytesMax: 4 * 1024 * 1024,
  sourceFilesMax: 50_000,
  problemsReportedMax: 1_000,
  backfillBatchRows: 2_000,
  planLifetimeMs: 30 * 60_000,
  // Identity.
  passwordCharsMin: 8,
  passwordCharsMax: 256,
  sessionLifetimeMs: 12 * 60 * 60_000,
  loginFailuresMax: 10,
  /** Many people may share one address, so it is held to less than an account is. */
  loginFailuresPerAddressMax: 50,
  loginWindowMs: 15 * 60_000,
  passwordHashesAtOnceMax: 2,
  passwordHashesWaitingMax: 100,
  sessionsCachedMax: 10_000,
  usersCachedMax: 5_000,
  // Live events.
  eventStreamsMax: 5_000,
  eventStreamsPerUserMax: 50,
  eventBacklogMax: 1_000,
  eventHeartbeatMs: 15_000,
  // The writer.
  writeGroupUnitsMax: 500,
  writeQueueUnitsMax: 20_000,
  writeUnitMs: 30_000,
} as const
