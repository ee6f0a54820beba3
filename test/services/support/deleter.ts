import path from 'node:path';
import { type StartedProcess, startProcess } from '../../support/process.ts';

/** Deletes tags in a process of its own, which can be killed; it prints `operation <id>` when it has begun. */
export function startDeleter(
  home: string,
  registry: { readonly url: string },
  repository: string,
  ...tags: string[]
): Promise<StartedProcess> {
  return startProcess(process.execPath, [
    '--no-warnings',
    '--experimental-transform-types',
    path.join(import.meta.dirname, '../programs/deleter.ts'),
    home,
    registry.url,
    repository,
    ...tags,
  ]);
}
