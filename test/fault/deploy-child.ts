/** A process of its own that deploys and is killed at the failpoint that it was given. */
import type { createDeployer } from '../../engine/deploy/deployer.ts'
import { openStorage } from '../../engine/storage/open-storage.ts'
import { deploy, makeDeployer } from '../engine/deploy/fixture.ts'
import { killedDeploy } from './killed-deploy.ts'

const [url = '', folder = '', failpoint = ''] = process.argv.slice(2)
const storage = await openStorage(url)
const deployer: Awaited<ReturnType<typeof createDeployer>> = await makeDeployer(storage, folder, {
  failpoint: (name) => {
    if (name === failpoint) process.kill(process.pid, 'SIGKILL')
  },
})
await deployer.boot()
await deploy(deployer, ...killedDeploy)
await deployer.close()
await storage.close()
