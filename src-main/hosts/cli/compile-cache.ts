import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { dataHome } from '../../data/home.ts';

/**
 * Keeps what V8 compiles for the next start: of 110 ms of processor time that a command takes to begin, 20 are saved. In the user's own
 * folder and not in the system's temporary one, where another user could leave code for us to run. The folder itself is not made here:
 * whoever opens the database does, for the user alone.
 */
export function keepCompiled(): void {
  const home = dataHome(process.env, process.platform);
  if (existsSync(home)) enableCompileCache(join(home, 'compile-cache'));
}
