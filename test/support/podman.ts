import path from 'node:path';
import { expect } from 'vitest';
import { listEngineImages } from '../../src-main/engine/index.ts';
import { startProcess } from './process.ts';
import { temporaryFolder } from './temporary.ts';

/** Podman with a storage of its own, apart from the user's. */
export async function ownPodman(): Promise<string[]> {
  const folder = await temporaryFolder();
  const storage = ['--root', path.join(folder, 'root'), '--runroot', path.join(folder, 'run')];
  return [...storage, '--storage-driver', 'vfs', '--events-backend', 'none'];
}

/** Podman's service, once it answers. */
export async function startEngine(podman: string, common: readonly string[]) {
  const address = `unix://${path.join(await temporaryFolder(), 'podman.sock')}`;
  const service = await startProcess(podman, [...common, 'system', 'service', '--time=0', address]);
  const environment = { DOCKER_HOST: address };
  const options = { temporary: await temporaryFolder(), environment };
  await expect
    .poll(() => listEngineImages(options).catch(({ code }) => code), { timeout: 30_000 })
    .toEqual([]);
  return { environment, service };
}
