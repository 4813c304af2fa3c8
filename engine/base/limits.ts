/** Every limit of the product, in one table; the unit stands in the name. */
export const limits = {
  // What comes in over HTTP.
  requestBodyBytesMax: 6 * 1024 * 1024,
  /** Elements and attributes of a message in XML, and four times as many references: each costs some microseconds. */
  messageElementsMax: 100_000,
  requestUrlBytesMax: 32 * 1024,
  requestHeaderBytesMax: 16 * 1024,
  requestHeadersMax: 500,
  requestTimeoutMs: 60_000,
  /** Of uploads by somebody known: rows are read as fast as they are kept. */
  uploadTimeoutMs: 10 * 60_000,
  requestHeadersTimeoutMs: 20_000,
  requestsPerDayMax: 1_000_000_000,
  /** As far as clients are told: the disk decides. */
  dataStorageMegabytesMax: 1_000_000,
  shutdownGraceMs: 10_000,
  jsonDepthMax: 64,
  /** Values in one body of JSON: members and entries of lists, each of which costs about a microsecond. */
  jsonValuesMax: 250_000,
  // Queries.
  queryTextCharsMax: 100_000,
  queryConditionsMax: 500,
  queryDepthMax: 50,
  /** Child queries and semi-joins, with the query that holds them. */
  queryQueriesMax: 40,
  queryGroupingSetsMax: 3,
  queryGroupsMax: 2_000,
  queryChildRowsMax: 2_000,
  /** Levels of lists of children below the records of a query. */
  queryChildLevelsMax: 5,
  /** The text of one page. A page that would be longer has fewer records. */
  queryPageBytesMax: 32 * 1024 * 1024,
  queryFieldsMax: 2_000,
  queryAllFieldsRowsMax: 200,
  queryListValuesMax: 20_000,
  querySortKeysMax: 32,
  queryPatternCharsMax: 4_000,
  queryChosenValuesMax: 200,
  queryDateLiteralCountMax: 100_000,
  queryStatementCharsMax: 900_000,
  queryOffsetMax: 2_000,
  queryRowsMax: 50_000,
  queryPageRows: 2_000,
  queryCursorsMax: 5_000,
  queryCursorCharsMax: 20_000_000,
  parentPathDepthMax: 5,
  queryDeadlineMs: 20_000,
  slowReadsMax: 2,
  // Search (an index of PostgreSQL has at most 32 columns).
  searchFieldsPerObjectMax: 30,
  searchTextCharsMax: 4_000,
  searchTermsMax: 20,
  searchMatchesMax: 10_000,
  sharingCriteriaMax: 20,
  // Scoring and assignment rules.
  ruleCriteriaMax: 20,
  ruleEntriesMax: 200,
  /** Records that are scored in one unit of work of the nightly job. */
  scoredBlockRows: 200,
  /** After a block the job rests so many times as long as it took, but so long at least and at most. */
  scoredRestTimes: 2.2,
  scoredRestMinMs: 20,
  scoredRestMaxMs: 1_000,
  sharingParentDepthMax: 5,
  /** A preview of planned access looks at so many people, the newest records of each object, and asks so often. */
  previewUsersMax: 200,
  previewRecordsMax: 20_000,
  previewStatementsMax: 1_000,
  previewChangesMax: 200,
  /** Who sees no more rows of an object has them gathered, by how many there are; for how long that is taken to be so. */
  gatheredRowsMin: 3_000,
  gatheredRowsMax: 20_000,
  gatheredRowsFactor: 200,
  rowHintMs: 60_000,
  searchRowsMax: 2_000,
  searchRowsDefault: 200,
  searchWordCharsMax: 200,
  searchSimilarWordsMax: 200,
  searchWordsKnownMax: 200_000,
  searchWordsCorrectedMax: 8,
  searchMarkedRowsMax: 200,
  searchIndexBatchRows: 1_000,
  searchPendingBatchRows: 500,
  searchFirstWaitMs: 30_000,
  searchIndexWaitMs: 3_000,
  searchLearnWaitMs: 10_000,
  // Databases (SQLite 64 joins; PostgreSQL builders take 100 arguments).
  joinsMax: 60,
  jsonChunkArguments: 90,
  // Formulas.
  formulaCharsMax: 20_000,
  formulaParentsMax: 10,
  formulaNodesMax: 5_000,
  formulaDepthMax: 200,
  /** What describe says of a text formula; longer values come whole all the same. */
  formulaTextDescribedChars: 1_300,
  formulaLevelsMax: 30,
  formulaParentsPerObjectMax: 40,
  formulaStepsMax: 200_000,
  formulaTextCharsMax: 100_000,
  formulaNumberBitsMax: 4_096,
  formulaSqlPartsMax: 20_000,
  formulaPatternCharsMax: 1_000,
  // Records.
  bulkRecordsMax: 200,
  retrieveRecordsMax: 2_000,
  /** Of one object, in one unit of the engine's own. */
  unitRecordsMax: 2_000,
  compositeStepsMax: 25,
  /** After so much no further step is begun. */
  compositeAnswerCharsMax: 32_000_000,
  compositeGraphsMax: 75,
  compositeNodesMax: 500,
  /** Others wait while a unit of work reads. */
  unitQueriesMax: 5,
  treeLevelsMax: 5,
  recentViewsPerUserMax: 200,
  /** So long the answer of a save with an Idempotency-Key is kept. */
  savedAnswerHoursMax: 24,
  replicatedRecordsMax: 50_000,
  zippedAnswerCharsMin: 8_192,
  recordMembersMax: 2_000,
  recycleBinDays: 15,
  cascadeRecordsMax: 10_000,
  // Hooks.
  hookRecordsMax: 200,
  hookDepthMax: 16,
  /** Of all hooks of a save together; less than a unit of the writer may take. */
  hookTimeMs: 10_000,
  /** A worker that does not answer for so long is stuck. */
  hookAnswerMs: 1_000,
  hookLoadMs: 10_000,
  hookQueriesMax: 100,
  hookQueryRowsMax: 10_000,
  hookWrittenRecordsMax: 10_000,
  hookHeapMegabytesMax: 256,
  hookErrorCharsMax: 2_000,
  // Action plans.
  planItemsMax: 100,
  planDaysMax: 1_000,
  /** Of one item; how many may wait for one; how many there may be one after the other. */
  planPrerequisitesMax: 3,
  planSuccessorsMax: 10,
  planDependenciesMax: 24,
  /** Plans that are one unit of work of a job. */
  planBlockRows: 25,
  planTargetsMax: 50_000,
  /** Deadlines that are set anew in one unit of work when business hours change. */
  milestoneBlockRows: 100,
  // Flows.
  /** Of all records of a save, or of one call, together. */
  flowElementsMax: 200_000,
  flowDepthMax: 10,
  flowQueriesMax: 100,
  flowQueryRowsMax: 10_000,
  flowWrittenRecordsMax: 10_000,
  /** Of a trial that somebody looks at. */
  flowStepsToldMax: 1_000,
  flowStepsCharsMax: 200_000,
  /** What was logged is written after this pause, in one go. */
  flowLogPauseMs: 1_000,
  /** More runs than these between two writings are counted, not told. */
  flowRunsWaitingMax: 1_000,
  flowRunsKeptMs: 7 * 24 * 60 * 60_000,
  flowRunsKeptMax: 20_000,
  flowRunsShownMax: 100,
  flowTraceMinutesMax: 24 * 60,
  flowPathsAtOnceMax: 200,
  flowPathAttemptsMax: 5,
  /** Doubled after each attempt. */
  flowPathRetryMs: 60_000,
  /** What failed for good stays so long, to be looked at. */
  flowPathGivenUpMs: 3_650 * 24 * 60 * 60_000,
  // Actions.
  actionListValuesMax: 2_000,
  /** Beside the one that stays. */
  mergedRecordsMax: 2,
  // Notifications and e-mails.
  notificationTitleCharsMax: 250,
  notificationBodyCharsMax: 750,
  notificationRecipientsMax: 500,
  notificationsPageMax: 50,
  notificationKeptMs: 90 * 24 * 60 * 60_000,
  emailRecipientsMax: 150,
  emailSubjectCharsMax: 500,
  emailBodyCharsMax: 384_000,
  emailAttemptsMax: 8,
  /** Doubled after each attempt; longer than the mail server may take. */
  emailRetryMs: 60_000,
  /** Of an answer of the mail server, as far as it is kept for people to look at. */
  emailAnswerCharsMax: 1_000,
  emailsShownMax: 200,
  emailKeptMs: 90 * 24 * 60 * 60_000,
  smtpAnswerMs: 15_000,
  // Change events.
  changeEventsKeptMs: 3 * 24 * 60 * 60_000,
  changeEventsTidyMs: 60 * 60_000,
  changeEventsPageMax: 200,
  changeEventsWaitMs: 25_000,
  cometdMessagesMax: 100,
  cometdChannelsMax: 100,
  cometdSilenceMs: 120_000,
  /** Active at once. */
  pushTopicsMax: 100,
  /** Another server's topics are looked at again after this time, should its word get lost. */
  pushTopicsRereadMs: 60_000,
  pushEventsMax: 200,
  pushPayloadCharsMax: 3_000,
  pushUsersMax: 200,
  // Webhooks.
  webhookAttemptsMax: 12,
  /** Doubled after each attempt. */
  webhookRetryMs: 5_000,
  webhookRetryMsMax: 6 * 60 * 60_000,
  webhookAnswerMs: 10_000,
  webhookBodyCharsMax: 256 * 1024,
  /** Of an answer, as far as it is kept for people to look at. */
  webhookAnswerCharsMax: 1_000,
  webhookAtOnceMax: 10,
  webhookLeaseMs: 60_000,
  webhookDeliveredKeptMs: 3 * 24 * 60 * 60_000,
  webhookDeadKeptMs: 30 * 24 * 60 * 60_000,
  webhookDeliveriesShownMax: 200,
  // Guided processes.
  processEntriesMax: 100,
  processChoicesMax: 200,
  processAnswersCharsMax: 500_000,
  processRunsPerUserMax: 200,
  /** Of one that nobody goes on with. */
  processRunKeptMs: 90 * 24 * 60 * 60_000,
  // Files.
  fileBytesMax: 1024 * 1024 * 1024,
  /** Of files in JSON, as base64; larger ones come as multipart/form-data. */
  fileJsonBytesMax: 50 * 1024 * 1024,
  /** Larger ones lie on the disk while they come in. */
  fileInMemoryBytesMax: 1024 * 1024,
  /** A bucket gets larger ones in parts of this size; stores take none below 5 MiB, but for the last. */
  filePartBytes: 8 * 1024 * 1024,
  /** A request to a bucket is sent so often, with a pause that doubles; it waits so long for an answer, or for more of it. */
  fileStoreTries: 4,
  fileStorePauseMs: 100,
  fileStoreWaitMs: 60_000,
  /** So much of the beginning tells what a file is. */
  fileHeadBytes: 8_192,
  fileVersionsMax: 1_000,
  /** Contents that came in and are not yet of any record are left alone for so long. */
  fileUnclaimedMs: 24 * 60 * 60_000,
  fileSweepRows: 500,
  /** What came in is known for as long as its request takes, and a little longer. */
  filesKnownMax: 10_000,
  // Timelines.
  timelinePageRows: 20,
  timelineUpcomingMax: 50,
  // Jobs and bulk loads.
  jobsAtOnceMax: 2,
  jobsUnfinishedPerUserMax: 200,
  jobPollMs: 15_000,
  /** Longer than a unit of the writer may take. */
  jobLeaseMs: 60_000,
  /** Of one run by the clock; the wait between them is doubled each time. */
  scheduledAttemptsMax: 4,
  scheduledRetryMs: 60_000,
  jobsShownMax: 200,
  jobKeptMs: 7 * 24 * 60 * 60_000,
  bulkUploadBytesMax: 1024 * 1024 * 1024,
  bulkRowCharsMax: 4_000_000,
  bulkParsedBatchBytesMax: 10 * 1024 * 1024,
  bulkBlockRows: 500,
  bulkBlockCharsMax: 2_000_000,
  bulkColumnsMax: 1_000,
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
  /** Of a ZIP file that is deployed: as it comes, and unpacked. */
  packageZipBytesMax: 24 * 1024 * 1024,
  packageBytesMax: 96 * 1024 * 1024,
  packageFilesMax: 20_000,
  packageJobsWaitingMax: 50,
  packageJobsKeptMs: 24 * 60 * 60_000,
  problemsReportedMax: 1_000,
  backfillBatchRows: 2_000,
  /** Of longer values history tells that they changed, not what they were. */
  historyValueCharsMax: 4_000,
  /** More changes at once stand in the audit trail as one row. */
  auditRowsPerDeployMax: 200,
  ruleRecordsLookedAtMax: 50_000,
  rollUpBatchRows: 500,
  planLifetimeMs: 30 * 60_000,
  // Identity.
  passwordCharsMin: 8,
  passwordCharsMax: 256,
  sessionLifetimeMs: 12 * 60 * 60_000,
  /** Of a refresh token since it was last used. */
  refreshTokenLifetimeMs: 180 * 24 * 60 * 60_000,
  authorizationCodeLifetimeMs: 60_000,
  frontdoorLifetimeMs: 60_000,
  /** A link to choose a password. */
  passwordLinkLifetimeMs: 24 * 60 * 60_000,
  /** One that somebody asked for who has forgotten his. */
  forgottenLinkLifetimeMs: 60 * 60_000,
  /** Within the window of sign-ins. */
  forgottenPerAccountMax: 3,
  forgottenPerAddressMax: 20,
  usernameCharsMax: 255,
  /** From the sign-in page to the identity provider and back. */
  ssoAttemptLifetimeMs: 10 * 60_000,
  /** Addresses and keys of a provider are asked for again after so long. */
  providerKnownMs: 10 * 60_000,
  identityAnswerMs: 10_000,
  identityAnswerBytesMax: 1024 * 1024,
  assertionLifetimeMs: 24 * 60 * 60_000,
  loginFailuresMax: 10,
  /** Many people may share one address, so it is held to less than an account is. */
  loginFailuresPerAddressMax: 50,
  loginWindowMs: 15 * 60_000,
  /** Of one user, by each server. */
  unknownIdsPerMinuteMax: 1_000,
  passwordHashesAtOnceMax: 2,
  passwordHashesWaitingMax: 100,
  sessionsCachedMax: 10_000,
  usersCachedMax: 5_000,
  schemaTextsMax: 50,
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
