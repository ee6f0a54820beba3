import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pinnedNode, root } from '../../src-main/hosts/launcher/place.mjs';
import { startLocalRegistry } from '../../src-main/local-registry/index.ts';
import { isolatedEnvironment } from '../support/app.ts';
import { makeImage } from '../support/images.ts';
import { type Measurement, median, spread } from './report.ts';
import { type Command, type Cost, measure } from './transfer/measure.ts';
import { startLink } from './transfer/proxies/link.ts';
import { findTools } from './transfer/tools.ts';

const TAGS = 5_000;
const RUNS = 9;
/** How much longer than `crane ls` it may take. */
const ALLOWED = 1.2;
/** Milliseconds there and back of the long line: a registry on the same continent. */
const ROUND_TRIP = 50;
const TIMEOUT = 60_000;

/**
 * Names of many tags from the local registry, ours and crane's in turns: whole programs, from start to exit. On this machine starting
 * decides; behind a long line, what is asked for.
 */
export async function measureNames(): Promise<Measurement[]> {
  const home = await mkdtemp(path.join(tmpdir(), 'wharfinger-bench-'));
  const registry = await startLocalRegistry({ folder: path.join(home, 'registry') });
  const { port } = new URL(registry.url);
  const link = await startLink(Number(port), { roundTrip: ROUND_TRIP });
  try {
    await mkdir(path.join(home, 'user'));
    const image = await makeImage();
    for (const { bytes } of image.blobs) await registry.storage.putBlob('app', bytes);
    for (let tag = 0; tag < TAGS; tag++)
      await registry.storage.putManifest('app', `1.${tag}`, image.mediaType, image.bytes);
    const { tools, missing } = await findTools(['crane']);
    const crane = tools.find(({ name }) => name === 'crane');
    const why = missing.find((reason) => reason.startsWith('crane')) ?? 'crane is missing';

    const env = isolatedEnvironment(home);
    const measurements: Measurement[] = [];
    for (const [where, at] of [
      ['', port],
      [` behind ${ROUND_TRIP} ms`, link.port],
    ] as const) {
      const place = `127.0.0.1:${at}/app`;
      const cli = path.join(root, 'dist/main/cli.js');
      const commands: Command[] = [{ program: pinnedNode(), args: [cli, 'tags', place, '--names'], env }];
      if (crane) commands.push({ program: crane.file, args: ['ls', '--insecure', place], env });
      const [own = [], other] = await inTurns(commands);
      const what = `tags --names of ${TAGS.toLocaleString('en')} tags${where}`;
      if (crane && other)
        measurements.push({ ...row(`crane ls${where} (${crane.version})`, other), note: noteOf(other) });
      measurements.push({
        ...row(what, own),
        ...(other && { target: Math.round(row('', other).value * ALLOWED) }),
        note: other ? noteOf(own) : why,
      });
    }
    return measurements;
  } finally {
    await link.close();
    await registry.close();
    await rm(home, { recursive: true, force: true });
  }
}

/** What each command cost in each round. */
async function inTurns(commands: readonly Command[]): Promise<Cost[][]> {
  const costs = commands.map((): Cost[] => []);
  // The first round does not count: as for a user who has used it before, V8's code cache is there.
  for (let round = 0; round <= RUNS; round++) {
    for (const [index, command] of commands.entries()) {
      const cost = await measure(command, { timeout: TIMEOUT });
      const names = cost.output.trim().split('\n').length;
      if (cost.exit !== 0 || names !== TAGS)
        throw new Error(`${command.program} ended with ${cost.exit} and printed ${names} lines`);
      if (round > 0) costs[index]?.push(cost);
    }
  }
  return costs;
}

function row(what: string, costs: readonly Cost[]): Measurement {
  return { what, value: median(costs.map(({ wall }) => wall * 1000)), unit: 'ms' };
}

function noteOf(costs: readonly Cost[]): string {
  const cpu = median(costs.map((cost) => cost.cpu * 1000));
  return `${spread(costs.map(({ wall }) => wall * 1000))}; ${Math.round(cpu)} ms of processor time`;
}
