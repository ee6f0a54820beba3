import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { mediaTypes } from '../../support/images.ts';
import type { Client, Job } from './clients.ts';
import { startDockerRegistry } from './docker-registry.ts';
import { type Cost, measure } from './measure.ts';
import { startDiscard, startLocal } from './own-servers.ts';
import type { Server } from './process.ts';
import { type Counts, startCounting } from './proxies/counting.ts';
import { startLimiting } from './proxies/limiting.ts';
import { startLink } from './proxies/link.ts';
import { COPIED, type Destination, type Scenario, type Seeded } from './scenarios.ts';
import type { RegistryStorage } from './storage.ts';

/** A client that needs longer is killed, and reported as not finished. */
const TIMEOUT_MS = 5 * 60_000;
const LIMITED_EVERY = 10;

export interface Outcome {
  readonly cost: Cost;
  /** At the destination, where it was counted. */
  readonly counts?: Counts;
}

/** A client that did not do its job, in words for the table. */
export class ClientFailure extends Error {}

interface StageOptions {
  readonly scenario: Scenario;
  readonly destination: Destination;
  readonly storage: RegistryStorage;
  readonly seeded: Seeded;
  /** A folder for what lasts as long as a run. */
  readonly scratch: string;
}

interface RunOptions {
  /** Through a counting proxy: slower. */
  readonly count?: boolean;
  /** Without the scenario's fault. */
  readonly healthy?: boolean;
}

/** Runs clients through one scenario, each time with a new destination, a new home and a client that knows nothing. */
export class Stage {
  readonly #options: StageOptions;

  constructor(options: StageOptions) {
    this.#options = options;
  }

  /** @throws ClientFailure if the client fails or the destination does not hold what it should afterwards */
  async run(client: Client, { count = false, healthy = false }: RunOptions = {}): Promise<Outcome> {
    const { scenario, seeded, scratch } = this.#options;
    const fault = healthy ? undefined : scenario.fault;
    await using stack = new AsyncDisposableStack();
    const use = <T extends Server>(server: T): T => stack.adopt(server, (it) => it.close());
    const home = await mkdtemp(path.join(scratch, 'home-'));
    stack.defer(() => rm(home, { recursive: true, force: true }));

    const registry = use(await this.#destination(stack));
    let target = registry.port;
    if (fault === 'limited') target = use(await startLimiting(target, LIMITED_EVERY)).port;
    const killing = fault === 'killed' ? new KillAtHalf(this.#options.storage.bytes) : undefined;
    const counting =
      count || killing ? use(await startCounting(target, (bytes) => killing?.seen(bytes))) : undefined;
    target = counting?.port ?? target;
    const far = async (port: number) =>
      scenario.link === undefined ? port : use(await startLink(port, scenario.link)).port;
    const to = await far(target);
    const from = scenario.within
      ? to
      : await far(use(await startDockerRegistry(this.#options.storage.folder)).port);

    const job = seeded.job(`127.0.0.1:${from}`, `127.0.0.1:${to}`);
    const cost = killing ? await runTwice(client, job, home, killing) : await runOnce(client, job, home);
    await this.#check(registry.port);
    return { cost, ...(counting === undefined ? {} : { counts: counting.counts() }) };
  }

  async #destination(stack: AsyncDisposableStack): Promise<Server> {
    const { scenario, destination, storage, scratch } = this.#options;
    if (scenario.within) {
      // The blobs stay; no repository but the source's has them.
      const copied = path.join(storage.folder, 'docker/registry/v2/repositories', COPIED);
      await rm(copied, { recursive: true, force: true });
    }
    if (scenario.within || scenario.warm) return startDockerRegistry(storage.folder);
    if (destination === 'discard') return startDiscard();
    const folder = await mkdtemp(path.join(scratch, 'target-'));
    stack.defer(() => rm(folder, { recursive: true, force: true }));
    return destination === 'local' ? startLocal(folder) : startDockerRegistry(folder);
  }

  async #check(port: number): Promise<void> {
    const accept = [mediaTypes.oci.manifest, mediaTypes.oci.index].join(', ');
    for (const [reference, digest] of this.#options.seeded.expected) {
      const url = `http://127.0.0.1:${port}/v2/${reference.replace(':', '/manifests/')}`;
      const reply = await fetch(url, { method: 'HEAD', headers: { accept } });
      const found = reply.headers.get('docker-content-digest');
      if (found !== digest) throw new ClientFailure(`${reference} is ${found ?? 'missing'} afterwards`);
    }
  }
}

/** Kills the client when half of the bytes have arrived. */
class KillAtHalf {
  readonly #half: number;
  #kill: (() => void) | undefined;

  constructor(total: number) {
    this.#half = total / 2;
  }

  arm(kill: () => void): void {
    this.#kill = kill;
  }

  seen(bytes: number): void {
    if (bytes < this.#half) return;
    this.#kill?.();
    this.#kill = undefined;
  }
}

async function runTwice(client: Client, job: Job, home: string, killing: KillAtHalf): Promise<Cost> {
  const first = await start(client, job, home, (kill) => killing.arm(kill));
  if (first.exit !== null) throw failureOf(first, client);
  const second = await runOnce(client, job, home);
  return {
    ...second,
    wall: first.wall + second.wall,
    cpu: first.cpu + second.cpu,
    peak: Math.max(first.peak, second.peak),
  };
}

async function runOnce(client: Client, job: Job, home: string): Promise<Cost> {
  const cost = await start(client, job, home);
  if (cost.exit !== 0) throw failureOf(cost, client);
  return cost;
}

async function start(
  client: Client,
  job: Job,
  home: string,
  onStart?: (kill: () => void) => void,
): Promise<Cost> {
  await mkdir(home, { recursive: true });
  const command = await client.prepare(job, home);
  return measure(command, { timeout: TIMEOUT_MS, ...(onStart === undefined ? {} : { onStart }) });
}

function failureOf({ exit, output }: Cost, client: Client): ClientFailure {
  if (client.tool === 'wharfinger' && /unknown command/.test(output)) {
    return new ClientFailure('not available yet');
  }
  if (exit === null) return new ClientFailure('did not finish in time');
  const [last = ''] = output.trim().split('\n').slice(-1);
  return new ClientFailure(`exit ${exit}: ${last.slice(0, 160)}`);
}
