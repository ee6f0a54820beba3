import path from 'node:path';
import { type StartedProcess, startProcess } from '../../support/process.ts';

/** Runs one of `../programs` in a process of its own, which can be killed. */
export function startProgram(name: string, ...given: readonly string[]): Promise<StartedProcess> {
  return startProcess(process.execPath, [
    '--no-warnings',
    '--experimental-transform-types',
    path.join(import.meta.dirname, `../programs/${name}.ts`),
    ...given,
  ]);
}

/** Deletes tags; it prints `operation <id>` when it has begun. */
export function startDeleter(
  home: string,
  registry: { readonly url: string },
  repository: string,
  ...tags: string[]
): Promise<StartedProcess> {
  return startProgram('deleter', home, registry.url, repository, ...tags);
}
