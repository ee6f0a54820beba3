import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

const FOLDER = 'Wharfinger';

/**
 * The folder of all that is kept: `WHARFINGER_HOME`, or the platform's application data folder. The same for every host, so
 * that window and command line share accounts and record.
 */
export function dataHome(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const chosen = environment.WHARFINGER_HOME;
  if (chosen) return resolve(chosen);
  if (platform === 'win32') {
    return join(environment.APPDATA || join(homedir(), 'AppData', 'Roaming'), FOLDER);
  }
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', FOLDER);
  // XDG Base Directory Specification: a relative path is invalid and ignored.
  const data = environment.XDG_DATA_HOME;
  return join(data?.startsWith('/') ? data : join(homedir(), '.local', 'share'), FOLDER.toLowerCase());
}
