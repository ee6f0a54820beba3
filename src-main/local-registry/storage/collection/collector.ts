import { setTimeout as delay } from 'node:timers/promises';
import { allRepositories } from '../catalog.ts';
import { Locks } from '../locks.ts';
import { passContent } from './content-pass.ts';
import { diskUse } from './disk-use.ts';
import { passDrafts, passUploads } from './leftovers.ts';
import { type CollectorParts, type Pass, sum } from './pass.ts';
import { passRepository } from './repository-pass.ts';
import type {
  Collected,
  CollectionOptions,
  CollectionPlan,
  CollectionService,
  Kept,
  Leftover,
  OrphanBlob,
  RegistryUsage,
} from './types.ts';

const TURN = 'collection';

interface Found {
  orphans: OrphanBlob[];
  uploads: Leftover[];
  drafts: Leftover[];
  bytes: number;
  kept: Kept;
}

/**
 * Takes what no repository needs from the folder while pushes, mounts and reads go on. Ended at any point, it leaves a folder of which
 * everything that was served before still is: what points goes before what it points at.
 */
export class Collector implements CollectionService {
  readonly #parts: CollectorParts;
  readonly #turn = new Locks();
  readonly #closing = new AbortController();

  constructor(parts: CollectorParts) {
    this.#parts = parts;
  }

  async plan(options: CollectionOptions = {}): Promise<CollectionPlan> {
    const pass = this.#pass(false, options);
    const { orphans, ...found } = await this.#run(pass);
    return { manifests: pass.manifests, blobs: orphans, ...found };
  }

  collect(options: CollectionOptions = {}): Promise<Collected> {
    return this.#turn.run(TURN, async () => {
      const pass = this.#pass(true, options);
      const { folder } = this.#parts.layout;
      const before = await diskUse(folder, pass.signal);
      const stopNoting = this.#parts.files.noteLinked(pass.needed);
      try {
        await this.#settle(pass);
        const { orphans, uploads, drafts, ...found } = await this.#run(pass);
        return {
          manifests: pass.manifests,
          spared: pass.spared,
          blobs: sum(orphans),
          uploads: sum(uploads),
          drafts: sum(drafts),
          ...found,
          disk: { before, after: await diskUse(folder, pass.signal) },
        };
      } finally {
        stopNoting();
      }
    });
  }

  async usage(options: Pick<CollectionOptions, 'signal'> = {}): Promise<RegistryUsage> {
    const plan = await this.plan(options);
    const all = await this.plan({ ...options, untagged: true });
    return {
      disk: await diskUse(this.#parts.layout.folder, this.#signal(options.signal)),
      referenced: plan.kept.content,
      orphaned: sum(plan.blobs),
      recent: plan.kept.recent,
      untagged: { count: all.manifests.length, bytes: all.bytes - plan.bytes },
      uploads: { open: plan.kept.uploads, expired: sum(plan.uploads) },
      drafts: sum(plan.drafts),
      unreadable: plan.kept.unreadable,
    };
  }

  /** Ends a collection that runs, and waits until it has. */
  async close(): Promise<void> {
    this.#closing.abort(new Error('The registry is closing.'));
    await this.#turn.run(TURN, () => Promise.resolve());
  }

  #signal(signal: AbortSignal | undefined): AbortSignal {
    return signal ? AbortSignal.any([signal, this.#closing.signal]) : this.#closing.signal;
  }

  #pass(takes: boolean, { untagged = false, signal, report = () => undefined }: CollectionOptions): Pass {
    return {
      takes,
      untagged: chosen(untagged),
      named: typeof untagged !== 'boolean',
      now: Date.now(),
      signal: this.#signal(signal),
      report,
      needed: new Set(),
      recent: new Set(),
      manifests: [],
      spared: [],
      keptManifests: 0,
      unreadable: [],
    };
  }

  /** Waits until pushes that may share what another one has just pushed have had time for their manifests. */
  async #settle(pass: Pass): Promise<void> {
    const { blobLeases, manifestLeases } = this.#parts.files;
    const wait = Math.max(blobLeases.settling(Date.now()), manifestLeases.settling(Date.now()));
    if (wait <= 0) return;
    pass.report({ phase: 'waiting', done: 0, total: 1, bytes: 0 });
    await delay(wait, undefined, { signal: pass.signal });
  }

  async #run(pass: Pass): Promise<Found> {
    const names = await allRepositories(this.#parts.layout.repositories);
    for (const [done, name] of names.entries()) {
      pass.signal.throwIfAborted();
      pass.report({ phase: 'repositories', done, total: names.length, bytes: 0 });
      await passRepository(this.#parts, name, pass);
    }
    const { orphans, content, recent } = await passContent(this.#parts, pass);
    const { open, expired } = await passUploads(this.#parts, pass);
    const drafts = await passDrafts(this.#parts, pass);
    return {
      orphans,
      uploads: expired,
      drafts,
      bytes: sum([...orphans, ...expired, ...drafts]).bytes,
      kept: {
        manifests: pass.keptManifests,
        content,
        recent,
        uploads: open,
        unreadable: pass.unreadable,
      },
    };
  }
}

function chosen(untagged: NonNullable<CollectionOptions['untagged']>): Pass['untagged'] {
  if (typeof untagged === 'boolean') return () => untagged;
  const names = new Set(untagged.map(({ repository, digest }) => `${repository}@${digest}`));
  return (repository, digest) => names.has(`${repository}@${digest}`);
}
