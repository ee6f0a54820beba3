import { join } from 'node:path';
import { dataHome } from '../../data/home.ts';
import { loadCompiled } from './compiled.ts';

/** Loads the program and runs one command line. @returns the exit code */
export async function start(args: readonly string[]): Promise<number> {
  const { program, keep } = loadCompiled<typeof import('./program.ts')>(
    join(import.meta.dirname, 'program.cjs'),
    join(dataHome(process.env, process.platform), 'compile-cache'),
  );
  const exitCode = await program.runCommandLine(args);
  const [command = ''] = args;
  // Whatever ends well and is such a word is a command.
  if (exitCode === 0 && /^[a-z]+$/.test(command)) keep(command);
  return exitCode;
}
