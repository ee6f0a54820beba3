import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server as HttpServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Agent } from 'undici';
import { pinnedNode, root } from '../../src-main/hosts/launcher/place.mjs';
import { isolatedEnvironment } from '../support/app.ts';
import type { Measurement } from './report.ts';
import { startDockerRegistry } from './transfer/docker-registry.ts';
import { measure } from './transfer/measure.ts';
import { startLink } from './transfer/proxies/link.ts';
import { RegistryStorage } from './transfer/storage.ts';

const REPOSITORIES = 500;
const TAGS = 20;
const ALL = REPOSITORIES * TAGS;
/** Seconds of a cold scan: directly, and behind a long line. */
const COLD = 15;
const COLD_FAR = 30;
/** How much longer than bare HEADs a warm scan may take. */
const ALLOWED = 1.3;
/** Milliseconds there and back of the long line. */
const ROUND_TRIP = 50;
/** Requests at once of the bare loop: as many as a scan makes by default. */
const AT_ONCE = 32;
/** Part of the requests that a scan repeats when it goes on after a kill. */
const REPEATED = 0.02;
const TIMEOUT = 600_000;

const repositoryName = (number: number) => `team-${Math.floor(number / 25)}/service-${number}`;

/**
 * A scan of 10,000 tags in 500 repositories on docker-registry, each an image of its own, by the command line: cold, warm beside a bare
 * loop of HEADs, behind a long line, and after a kill in the middle.
 */
export async function measureScan(): Promise<Measurement[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'wharfinger-bench-'));
  const storage = path.join(folder, 'storage');
  await mkdir(storage);
  await seed(storage);
  const server = await startDockerRegistry(storage);
  const link = await startLink(server.port, { roundTrip: ROUND_TRIP });
  try {
    const scan = async (home: string, port: number, options?: { dates: boolean }) => {
      const cost = await measure(commandOf(home, port, options), { timeout: TIMEOUT });
      if (cost.exit !== 0 || JSON.parse(cost.output).tags !== ALL)
        throw new Error(`It ended with ${cost.exit}: ${cost.output}`);
      return { ...cost, requests: Number(JSON.parse(cost.output).requests) };
    };
    const [near, far] = [path.join(folder, 'near'), path.join(folder, 'far')];
    const cold = await scan(near, server.port);
    const bare = await bareHeads(server.port);
    const warm = await scan(near, server.port);
    const dated = await scan(path.join(folder, 'dated'), server.port, { dates: true });
    const datedWarm = await scan(path.join(folder, 'dated'), server.port, { dates: true });
    const distant = await scan(far, link.port);
    const killed = await killedAndGoneOn(path.join(folder, 'killed'), server.port);
    const what = `Scan of ${ALL.toLocaleString('en')} tags in ${REPOSITORIES} repositories`;
    const noteOf = ({ cpu, requests }: typeof cold) =>
      `${requests} requests, ${cpu.toFixed(1)} s of processor time`;
    return [
      { what: `${what}, cold`, value: cold.wall, unit: 's', target: COLD, note: noteOf(cold) },
      { what: `${ALL.toLocaleString('en')} bare HEADs, ${AT_ONCE} at once`, value: bare, unit: 's' },
      { what: `${what}, warm`, value: warm.wall, unit: 's', target: bare * ALLOWED, note: noteOf(warm) },
      {
        what: `${what}, warm: requests`,
        value: warm.requests,
        unit: 'requests',
        target: ALL + REPOSITORIES + 3,
        note: 'a HEAD for each tag, its lists',
      },
      { what: `${what}, cold with dates`, value: dated.wall, unit: 's', note: noteOf(dated) },
      { what: `${what}, warm with dates`, value: datedWarm.wall, unit: 's', note: noteOf(datedWarm) },
      {
        what: `${what}, cold behind ${ROUND_TRIP} ms`,
        value: distant.wall,
        unit: 's',
        target: COLD_FAR,
        note: noteOf(distant),
      },
      {
        what: `${what}, killed in the middle and gone on with: requests repeated`,
        value: killed.repeated,
        unit: 'requests',
        target: Math.floor(killed.needed * REPEATED),
        note: `of ${killed.needed}`,
      },
    ];
  } finally {
    await link.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function seed(folder: string): Promise<void> {
  const storage = new RegistryStorage(folder);
  for (let number = 0; number < REPOSITORIES; number++)
    for (let tag = 0; tag < TAGS; tag++)
      await storage.putImage(
        repositoryName(number),
        `1.${tag}`,
        [
          { name: `base ${number % 7}`, bytes: 600 },
          { name: `service ${number}`, bytes: 400 },
          { name: `build ${number} ${tag}`, bytes: 300 },
        ],
        { name: `${number} ${tag}` },
      );
}

/** Issue 9 counts what manifests cost: with `dates`, configs are read as well. */
function commandOf(home: string, port: number, { dates = false } = {}) {
  const flags = dates ? [] : ['--no-dates'];
  const args = [path.join(root, 'dist/main/cli.js'), 'scan', `127.0.0.1:${port}`, '--json', ...flags];
  return { program: pinnedNode(), args, env: isolatedEnvironment(home) };
}

/** Seconds of one HEAD for each tag and nothing else. */
async function bareHeads(port: number): Promise<number> {
  const agent = new Agent({ connections: AT_ONCE });
  const left = Array.from({ length: ALL }, (_, number) => number);
  const headers = { accept: 'application/vnd.oci.image.manifest.v1+json' };
  const begun = performance.now();
  const worker = async () => {
    for (let number = left.pop(); number !== undefined; number = left.pop()) {
      const place = `${repositoryName(Math.floor(number / TAGS))}/manifests/1.${number % TAGS}`;
      const reply = await agent.request({
        origin: `http://127.0.0.1:${port}`,
        path: `/v2/${place}`,
        method: 'HEAD',
        headers,
      });
      await reply.body.dump();
      if (reply.statusCode !== 200) throw new Error(`${reply.statusCode} for ${place}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const seconds = (performance.now() - begun) / 1000;
  await agent.close();
  return seconds;
}

/** Kills a cold scan when half of the tags were asked for, and runs the same command again. */
async function killedAndGoneOn(home: string, port: number): Promise<{ repeated: number; needed: number }> {
  const seen = new Map<string, number>();
  let manifests = 0;
  let half: () => void = () => undefined;
  const whenHalf = new Promise<void>((resolve) => {
    half = resolve;
  });
  const counter = await startCounter(port, (line) => {
    seen.set(line, (seen.get(line) ?? 0) + 1);
    if (line.includes('/manifests/') && ++manifests === ALL / 2) half();
  });
  try {
    const killed = await measure(commandOf(home, counter.port), {
      timeout: TIMEOUT,
      onStart: (kill) => void whenHalf.then(kill),
    });
    if (killed.exit !== null) throw new Error(`It ended before it was killed: ${killed.output}`);
    const cost = await measure(commandOf(home, counter.port), { timeout: TIMEOUT });
    if (cost.exit !== 0) throw new Error(`It ended with ${cost.exit}: ${cost.output}`);
    const all = [...seen.values()].reduce((sum, times) => sum + times, 0);
    return { repeated: all - seen.size, needed: seen.size };
  } finally {
    counter.server.close();
    counter.server.closeAllConnections();
  }
}

/** Counts requests by what they ask for: a HEAD of what was got by GET is a repetition, too. */
async function startCounter(
  port: number,
  count: (what: string) => void,
): Promise<{ port: number; server: HttpServer }> {
  const server = createServer((incoming, response) => {
    const { method = '', url = '', headers } = incoming;
    // Whether it is a registry, and how it wants to be signed in to, is asked by each process.
    if (url !== '/v2/') count(url);
    const forwarded = httpRequest({ port, host: '127.0.0.1', method, path: url, headers }, (reply) => {
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(response);
    });
    forwarded.on('error', () => response.destroy());
    incoming.pipe(forwarded);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { port: (server.address() as AddressInfo).port, server };
}
