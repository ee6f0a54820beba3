import path from 'node:path';
import { type StartedProcess, startProcess } from '../../support/process.ts';
import { temporaryFolder } from '../../support/temporary.ts';

/** What the programs of a test file compile once: without it two thirds of the time of a short one go there. */
const COMPILED = await temporaryFolder();

const BUILT_THREAD = new URL('../../support/built-thread.mjs', import.meta.url).href;

/** Runs one of `../programs` in a process of its own, which can be killed. */
export function startProgram(name: string, ...given: readonly string[]): Promise<StartedProcess> {
  const program = path.join(import.meta.dirname, `../programs/${name}.ts`);
  const args = [
    '--no-warnings',
    '--experimental-transform-types',
    '--import',
    BUILT_THREAD,
    program,
    ...given,
  ];
  return startProcess(process.execPath, args, { env: { NODE_COMPILE_CACHE: COMPILED } });
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
