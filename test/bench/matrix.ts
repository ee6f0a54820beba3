import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Inventory } from '../../src-main/data/index.ts';
import { pinnedNode, root } from '../../src-main/hosts/launcher/place.mjs';
import { isolatedEnvironment } from '../support/app.ts';
import type { Measurement } from './report.ts';
import { measure } from './transfer/measure.ts';

const TAGS = 50_000;
/** Milliseconds that each answer takes. */
const LATENCY = 50;
/** Of the right side every hundredth tag is another image, and every hundredth is not there. */
const EVERY = 100;
/** Part of the requests that are repeated after a kill. */
const REPEATED = 0.02;
const TIMEOUT = 3_600_000;
const FIRST_ROWS = 500;

/**
 * Two repositories of 50,000 tags at registries that answer after 50 ms, compared by the command line: killed in the middle and gone on
 * with, then again, and the first rows of the matrix in a thread that has just started.
 */
export async function measureMatrix(): Promise<Measurement[]> {
  const home = await mkdtemp(path.join(tmpdir(), 'wharfinger-bench-'));
  const heads = new Map<string, number>();
  let others = 0;
  let half: () => void = () => undefined;
  const whenHalf = new Promise<void>((resolve) => {
    half = resolve;
  });
  let seen = 0;
  const count = (side: string) => (method: string, url: string) => {
    if (method !== 'HEAD') others++;
    else {
      heads.set(side + url, (heads.get(side + url) ?? 0) + 1);
      if (++seen === TAGS) half();
    }
  };
  const left = await startRegistry(count('left'), () => true);
  const right = await startRegistry(count('right'), (tag) => tag % EVERY !== 1);
  const sides = [left.port, right.port].map((port) => `127.0.0.1:${port}`);
  const command = {
    program: pinnedNode(),
    args: [path.join(root, 'dist/main/cli.js'), 'compare', ...sides.map((side) => `${side}/app`), '--json'],
    env: isolatedEnvironment(home),
  };
  try {
    const killed = await measure(command, { timeout: TIMEOUT, onStart: (kill) => void whenHalf.then(kill) });
    if (killed.exit !== null)
      throw new Error(`It ended before it was killed: ${killed.output.slice(0, 500)}`);
    const cold = await measure(command, { timeout: TIMEOUT });
    const { counts } = JSON.parse(cold.output);
    const all = [...heads.values()].reduce((sum, times) => sum + times, 0);
    const asked = { needed: heads.size, repeated: all - heads.size, others };
    others = 0;
    heads.clear();
    const warm = await measure(command, { timeout: TIMEOUT });
    const again = others + heads.size;
    const rows = await firstRows(home, sides);
    const what = `Matrix of 2 × ${TAGS.toLocaleString('en')} tags at ${LATENCY} ms`;
    return [
      {
        what: `${what}, killed in the middle, then to the end`,
        value: killed.wall + cold.wall,
        unit: 's',
        note: `${(killed.cpu + cold.cpu).toFixed(1)} s of processor time, exit ${cold.exit}, ${JSON.stringify(counts)}`,
      },
      {
        what: `${what}: HEADs repeated`,
        value: asked.repeated,
        unit: 'requests',
        target: Math.floor(asked.needed * REPEATED),
        note: `of ${asked.needed}; ${asked.others} other requests`,
      },
      {
        what: `${what}, just looked at: requests`,
        value: again,
        unit: 'requests',
        target: 2,
        note: `${warm.wall.toFixed(1)} s; whether each is a registry`,
      },
      { what: `${what}: first 100 rows`, value: rows, unit: 'ms', target: FIRST_ROWS },
    ];
  } finally {
    await left.close();
    await right.close();
    await rm(home, { recursive: true, force: true });
  }
}

/** Milliseconds until a thread that has just started has answered with a page of what differs. */
async function firstRows(home: string, sides: readonly string[]): Promise<number> {
  const folder = path.join(home, 'wharfinger');
  const inventory = new Inventory({ inventory: path.join(folder, 'inventory.db'), former: '' });
  try {
    const begun = performance.now();
    const { items } = await inventory.ask('matrixRows', {
      sides: sides.map((side) => ({
        registry: `http://${side}`,
        repository: 'app',
        rename: '{repository}',
        whole: true,
      })),
      filter: { other: 1, states: ['different'], text: '' },
      offset: 0,
      limit: 100,
    });
    if (items.length !== 100) throw new Error(`${items.length} rows`);
    return performance.now() - begun;
  } finally {
    await inventory.close();
  }
}

/** A registry with one repository and nothing in it but digests. */
async function startRegistry(
  seen: (method: string, url: string) => void,
  has: (tag: number) => boolean,
): Promise<{ port: number; close: () => Promise<void> }> {
  const tags = Array.from({ length: TAGS }, (_, tag) => tag)
    .filter(has)
    .map((tag) => `v${tag}`);
  const isRight = tags.length < TAGS;
  const server: Server = createServer(({ method = '', url = '' }, response) => {
    seen(method, url);
    setTimeout(() => {
      if (url === '/v2/') response.end('{}');
      else if (url.includes('/tags/list')) response.end(JSON.stringify({ name: 'app', tags }));
      else {
        const tag = Number(/v(\d+)$/.exec(url)?.[1]);
        const image = isRight && tag % EVERY === 0 ? tag + TAGS : tag;
        response.writeHead(200, {
          'content-type': 'application/vnd.oci.image.manifest.v1+json',
          'content-length': '500',
          'docker-content-digest': `sha256:${image.toString(16).padStart(64, '0')}`,
        });
        response.end();
      }
    }, LATENCY);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
