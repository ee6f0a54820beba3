import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { pinnedNode, root } from '../../src-main/hosts/launcher/place.mjs';
import { startLocalRegistry } from '../../src-main/local-registry/index.ts';
import { isolatedEnvironment } from '../support/app.ts';
import { makeImage } from '../support/images.ts';
import { type Measurement, median, spread } from './report.ts';
import { findTools } from './transfer/tools.ts';

const TAGS = 5_000;
const RUNS = 9;
/** How much longer than `crane ls` it may take. */
const ALLOWED = 1.2;

const run = promisify(execFile);

/** Names of many tags from the local registry, ours and crane's in turns: whole programs, from start to exit. */
export async function measureNames(): Promise<Measurement[]> {
  const home = await mkdtemp(path.join(tmpdir(), 'wharfinger-bench-'));
  const registry = await startLocalRegistry({ folder: path.join(home, 'registry') });
  try {
    await mkdir(path.join(home, 'user'));
    const image = await makeImage();
    for (const { bytes } of image.blobs) await registry.storage.putBlob('app', bytes);
    for (let tag = 0; tag < TAGS; tag++)
      await registry.storage.putManifest('app', `1.${tag}`, image.mediaType, image.bytes);
    const place = `${new URL(registry.url).host}/app`;
    const { tools, missing } = await findTools();
    const crane = tools.find(({ name }) => name === 'crane');

    const env = isolatedEnvironment(home);
    const time = async (program: string, args: readonly string[]): Promise<number> => {
      const begun = performance.now();
      const { stdout } = await run(program, args, { env, maxBuffer: 2 ** 24 });
      const taken = performance.now() - begun;
      const names = stdout.trim().split('\n');
      if (names.length !== TAGS) throw new Error(`${program} printed ${names.length} names`);
      return taken;
    };
    const ours = () => time(pinnedNode(), [path.join(root, 'dist/main/cli.js'), 'tags', place, '--names']);
    const theirs = () => (crane ? time(crane.file, ['ls', '--insecure', place]) : undefined);
    // As for a user who has used it before: V8's code cache is there.
    await ours();
    await theirs();
    const [own, other]: [number[], number[]] = [[], []];
    for (let round = 0; round < RUNS; round++) {
      own.push(await ours());
      const taken = await theirs();
      if (taken !== undefined) other.push(taken);
    }
    const what = `tags --names of ${TAGS.toLocaleString('en')} tags`;
    if (!crane) {
      const why = missing.find((reason) => reason.startsWith('crane')) ?? 'crane is missing';
      return [{ what, value: median(own), unit: 'ms', note: why }];
    }
    return [
      { what: `crane ls (${crane.version})`, value: median(other), unit: 'ms', note: spread(other) },
      {
        what,
        value: median(own),
        unit: 'ms',
        target: Math.round(median(other) * ALLOWED),
        note: spread(own),
      },
    ];
  } finally {
    await registry.close();
    await rm(home, { recursive: true, force: true });
  }
}
