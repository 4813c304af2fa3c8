/** The deployer as a server begins with it: the model of the database, or of the folder at a first start. */
import { createDeployer, type Deployer } from '../deploy/deployer.ts'
import { StartError } from './encryption-key-file.ts'

/** Refuses where nothing is known of the organisation yet and no folder can be read. */
export async function bootDeployer(parts: Parameters<typeof createDeployer>[0]): Promise<Deployer> {
  const deployer = await createDeployer(parts)
  await deployer.boot()
  if (deployer.store.current().object('Organization') === undefined) {
    throw noModel(deployer, parts.metadataDir)
  }
  return deployer
}

function noModel(deployer: Deployer, metadataDir: string): StartError {
  const told = deployer.problems().map(({ file, line, reason, suggestion }) => {
    const place = file === '' ? '' : `${file}, line ${line}: `
    return `\n  ${place}${reason}${suggestion === undefined ? '' : ` (${suggestion})`}`
  })
  const shown = told.slice(0, problemsShown).join('')
  const more = told.length > problemsShown ? `\n  and ${told.length - problemsShown} more` : ''
  return new StartError(
    `The database has no metadata yet, and METADATA_DIR (${metadataDir}) gives none that can be used.` +
      `${shown}${more}\nBegin with a copy of the folder \`metadata\` that Fieldstone is shipped with.`,
  )
}

/** The first ones are mended first. */
const problemsShown = 10
