import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { UsageError } from './failures.ts';

/** A file that the command line names; `-` is stdin. @throws UsageError */
export async function textOf(file: string): Promise<string> {
  if (file === '-') return (await buffer(process.stdin)).toString();
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} could not be read: ${(error as NodeJS.ErrnoException).code ?? error}.`);
  }
}
