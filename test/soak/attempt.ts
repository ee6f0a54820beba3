import {
  clientReader,
  type ItemOutcome,
  planTransfer,
  RegistryClient,
  RegistryContent,
  RegistryError,
  type RegistryOptions,
  runTransfer,
  type TransferItem,
  type TransferPlan,
  TransferProgress,
} from '../../src-main/engine/index.ts';
import type { Random } from '../../src-main/local-registry/samples/random.ts';
import { chance } from './cargo.ts';
import { expectedOf } from './expected.ts';
import type { Setup } from './setup.ts';
import type { Site } from './site.ts';
import { Violation } from './stored.ts';
import type { Tally } from './tally.ts';

/** Milliseconds after which an attempt counts as hanging; one with faults takes some hundred, on a busy machine some seconds. */
const HANGS_AFTER = 120_000;

/** Gives up soon, since what goes wrong here often goes wrong for good. */
const HASTY: Partial<RegistryOptions> = {
  timeouts: { connect: 5_000, headers: 5_000, body: 700 },
  retry: { tries: 3, baseDelay: 1, maxDelay: 8, maxRetryAfter: 2 },
};
const PATIENT: Partial<RegistryOptions> = { retry: { tries: 4, baseDelay: 1, maxDelay: 8 } };

/** What an attempt was planned to do and has reported. */
interface Attempt {
  readonly plan: TransferPlan;
  readonly outcomes: ReadonlyMap<TransferItem, ItemOutcome>;
  readonly progress: TransferProgress;
}

/** One transfer while things go wrong; may be cancelled, lose its connections or see a registry restart. */
export async function tryTransfer(setup: Setup, random: Random, tally: Tally): Promise<void> {
  const cancelling = new AbortController();
  const clients = openClients(setup, chance(random, 50), HASTY);
  const close = (): void => {
    for (const client of clients.all) client.close().catch(() => {});
  };
  let cancelled = false;
  const cancel = (act: () => void) => (): void => {
    cancelled = true;
    act();
  };
  const events: readonly [() => void, ...(() => void)[]] = [
    cancel(() => cancelling.abort()),
    cancel(() => cancelling.abort()),
    cancel(close),
    restart(setup.target, tally),
    restart(setup.source, tally),
  ];
  if (chance(random, 60)) setup.events.set(setup.requests() + 1 + random.below(60), random.pick(events));
  try {
    await attempt(setup, clients, { concurrency: 1 + random.below(6), signal: cancelling.signal, tally });
  } catch (error) {
    const expected = error instanceof RegistryError && error.code === 'cancelled' && cancelled;
    if (!expected) throw error;
    tally.add('cancelled');
  } finally {
    setup.events.clear();
    await clients.close();
  }
}

/** One transfer while nothing goes wrong. @throws {Violation} where it does not do all there is to do */
export async function finishTransfer(setup: Setup, tally: Tally): Promise<void> {
  const clients = openClients(setup, true, PATIENT);
  try {
    const { plan, outcomes } = await attempt(setup, clients, { concurrency: 4, tally });
    for (const item of plan.items) {
      const error = item.error ?? failureOf(outcomes.get(item));
      if (error) throw new Violation(`Nothing goes wrong, and ${nameOf(item)} fails.`, { cause: error });
    }
    for (const { repository, descriptor, state } of plan.blobs) {
      const left = state !== 'present' && setup.sessions?.has(`${repository} ${descriptor.digest}`);
      if (left)
        throw new Violation(`The session of ${repository}@${descriptor.digest} is kept after its end.`);
    }
    const again = await planTransfer(clients.source, clients.target, requestsOf(setup), optionsOf(setup));
    const left = again.items.find(({ verdict }) => verdict !== 'same');
    if (left)
      throw new Violation(`All is done, and ${nameOf(left)} is ${left.verdict}.`, { cause: left.error });
  } finally {
    await clients.close();
  }
}

async function attempt(
  setup: Setup,
  clients: Clients,
  { tally, ...options }: { concurrency: number; signal?: AbortSignal; tally: Tally },
): Promise<Attempt> {
  const { sessions } = setup;
  return await inTime(async () => {
    tally.add('transfers');
    const { signal } = options;
    const plan = await planTransfer(clients.source, clients.target, requestsOf(setup), {
      ...optionsOf(setup),
      signal,
    });
    for (const [position, item] of plan.items.entries()) {
      tally.add(item.verdict);
      const parcel = setup.parcels[position];
      const expected = parcel && expectedOf(parcel, setup).digest;
      // What is the same on both sides is as both report it: within one registry that lies, twice the same lie.
      const isWritten = item.verdict === 'new' || item.verdict === 'changed';
      if (isWritten && item.root && item.root.digest !== expected)
        throw new Violation(`${nameOf(item)} would be ${item.root.digest} and not ${expected}.`);
      if (item.verdict === 'new' && !item.root) throw new Violation(`${nameOf(item)} has no root.`);
    }
    const outcomes = new Map<TransferItem, ItemOutcome>();
    const progress = new TransferProgress(plan);
    await runTransfer(plan, {
      ...options,
      progress,
      checkTags: setup.checkTags,
      sessionsFrom: 0,
      ...(sessions && {
        sessions: {
          get: (repository, digest) => sessions.get(`${repository} ${digest}`),
          set: (repository, digest, location) => {
            if (location === undefined) sessions.delete(`${repository} ${digest}`);
            else sessions.set(`${repository} ${digest}`, location);
          },
        },
      }),
      onBlob: ({ repository, descriptor }, outcome) => {
        tally.add(`blobs ${outcome}`);
        setup.copied.add(`${repository} ${descriptor.digest}`);
      },
      onItem: (item, outcome) => {
        if (outcomes.has(item)) throw new Violation(`${nameOf(item)} ended twice.`);
        outcomes.set(item, outcome);
        tally.add(outcome.kind);
      },
    });
    checkTold(plan, outcomes, progress);
    return { plan, outcomes, progress };
  });
}

function restart(site: Site, tally: Tally): () => void {
  return () => {
    tally.add('restarts');
    site.restart();
  };
}

/** Each item that had to be done has ended, and the counts say so. */
function checkTold({ items }: TransferPlan, outcomes: Attempt['outcomes'], progress: TransferProgress): void {
  for (const item of items) {
    const todo = item.verdict === 'new' || item.verdict === 'changed';
    if (todo !== outcomes.has(item))
      throw new Violation(`${nameOf(item)} is ${item.verdict} and ended wrongly.`);
  }
  const { phase, active, items: counted, bytesSent } = progress.snapshot();
  if (
    phase !== 'done' ||
    active.length > 0 ||
    counted.done + counted.failed !== counted.total ||
    bytesSent < 0
  )
    throw new Violation(`The transfer ended as ${JSON.stringify(progress.snapshot())}.`);
}

interface Clients {
  source: RegistryContent;
  target: RegistryContent;
  all: readonly RegistryClient[];
  close(): Promise<void>;
}

function openClients(setup: Setup, shared: boolean, options: Partial<RegistryOptions>): Clients {
  const { source, target, store, sameRegistry } = setup;
  const hosts = [store && new URL(store.site.url).host, source.desk?.host, target.desk?.host];
  const approvedHosts = hosts.filter((host) => host !== undefined);
  const open = (url: string): RegistryClient =>
    new RegistryClient({ ...options, url, approvedHosts, proxy: { kind: 'none' } });
  const from = open(source.url);
  const to = sameRegistry && shared ? from : open(target.url);
  const sideOf = (client: RegistryClient): RegistryContent =>
    new RegistryContent(client, clientReader(client));
  const all = [from, to];
  return {
    source: sideOf(from),
    target: sideOf(to),
    all,
    close: async () => void (await Promise.all(all.map((client) => client.close()))),
  };
}

function requestsOf({
  parcels,
}: Setup): { source: TransferItem['request']['source']; target: TransferItem['request']['target'] }[] {
  return parcels.map(({ source, target }) => ({ source, target }));
}

function optionsOf(setup: Setup): Parameters<typeof planTransfer>[3] {
  const { sameRegistry, attached, platforms, copied, looksLater } = setup;
  return {
    sameRegistry,
    attached,
    platforms,
    looksLater,
    isCopied: (repository, digest) => copied.has(`${repository} ${digest}`),
  };
}

function failureOf(outcome: ItemOutcome | undefined): RegistryError | undefined {
  return outcome?.kind === 'failed' ? outcome.error : undefined;
}

function nameOf({ request: { target } }: TransferItem): string {
  return `${target.repository}:${target.tag}`;
}

async function inTime<T>(work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const hangs = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Violation('The transfer hangs.')), HANGS_AFTER);
  });
  try {
    return await Promise.race([work(), hangs]);
  } finally {
    clearTimeout(timer);
  }
}
