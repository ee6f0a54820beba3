import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { vi } from 'vitest';
import { temporaryFolder } from './temporary.ts';

/** The one kubectl of this process, until its environment is put back: it notes its arguments and does as it is told. */
export async function kubectl(body: string): Promise<() => string[][]> {
  const folder = await temporaryFolder();
  const file = path.join(folder, 'kubectl');
  const notes = path.join(folder, 'notes');
  writeFileSync(notes, '');
  writeFileSync(
    file,
    `#!${process.execPath}
require('node:fs').appendFileSync(${JSON.stringify(notes)}, JSON.stringify(process.argv.slice(2)) + '\\n');
${body}`,
  );
  chmodSync(file, 0o755);
  vi.stubEnv('PATH', folder);
  return () =>
    readFileSync(notes, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line): string[] => JSON.parse(line));
}
