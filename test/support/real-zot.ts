import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { freePort } from './free-port.ts';
import { startProcess, waitForPort } from './process.ts';
import { temporaryFolder } from './temporary.ts';

/** zot, running until the test or the file ends. */
export interface RealZot {
  readonly url: string;
  /** `METHOD /path?query` of each request so far. */
  requestLines(): readonly string[];
}

/**
 * Starts one on a free port of 127.0.0.1 and an empty folder, with its search and management where its build has them. It scans for
 * nothing: that needs a database from elsewhere.
 *
 * @throws with its log if it does not start
 */
export async function startRealZot(program: string): Promise<RealZot> {
  const [folder, port] = [await temporaryFolder(), await freePort()];
  const file = path.join(folder, 'config.json');
  const configuration = {
    storage: { rootDirectory: path.join(folder, 'storage'), gc: false },
    http: { address: '127.0.0.1', port: String(port), compat: ['docker2s2'] },
    log: { level: 'info' },
    extensions: { search: { enable: true }, mgmt: { enable: true } },
  };
  await writeFile(file, JSON.stringify(configuration));
  const child = await startProcess(program, ['serve', file]);
  await waitForPort(port);
  const asked = /"method":"([A-Z]+)","path":"(\/[^"]*)"/g;
  return {
    url: `http://127.0.0.1:${port}`,
    requestLines: () => [...child.output().matchAll(asked)].map(([, method, at]) => `${method} ${at}`),
  };
}
