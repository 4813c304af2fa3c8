/** One seed for all property tests, so that a run can be repeated; another by FIELDSTONE_SEED, printed when a test fails. */
import fc from 'fast-check'

fc.configureGlobal({ seed: Number(process.env['FIELDSTONE_SEED'] ?? 20_261_122) })
