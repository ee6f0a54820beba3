import { RegistryError } from '../errors.ts';
import { forEachLimit } from '../for-each-limit.ts';
import { ManifestWriter } from './manifest-writer.ts';
import { TransferProgress } from './progress.ts';
import { Schedule } from './schedule.ts';
import { onSide } from './sides.ts';
import type { BlobTask, TransferItem, TransferPlan } from './types.ts';

/** Blobs in flight: fills a line 50 ms away and leaves a small registry breathing. */
const DEFAULT_CONCURRENCY = 4;

/**
 * Milliseconds after which a target tag is looked at again before it is written. Until then the look of the plan counts: a quick
 * transfer of many tags would pay a request for each of them.
 */
const LOOK_AGAIN_AFTER = 5_000;

/** Bytes from which on a blob's upload session is worth remembering: a smaller one is sent again as quickly as it is asked about. */
const SESSIONS_FROM = 1024 * 1024;

/** Upload sessions that outlive this process, by target repository and digest. */
export interface UploadSessions {
  get(repository: string, digest: string): string | undefined;
  /** Undefined: the session has ended. */
  set(repository: string, digest: string, location: string | undefined): void;
}

/** `unchanged`: the tag pointed at it already when it was about to be written. */
export type ItemOutcome =
  | { kind: 'copied' }
  | { kind: 'unchanged' }
  | { kind: 'failed'; error: RegistryError };

export interface TransferRunOptions {
  signal?: AbortSignal | undefined;
  /** Large blobs in flight; of small ones there are more. */
  concurrency?: number;
  progress?: TransferProgress;
  sessions?: UploadSessions;
  /** Bytes of the smallest blobs whose sessions are kept. */
  sessionsFrom?: number;
  /** Looks at each target tag again before it is written, however new the plan is. One that moved fails with `conflict`. */
  checkTags?: boolean;
  /** Called for each item that was to be copied, when it has ended. What it throws ends the transfer. */
  onItem?: (item: TransferItem, outcome: ItemOutcome) => void;
  onBlob?: (task: BlobTask, outcome: 'sent' | 'mounted' | 'present') => void;
  /** Failures that no other item will escape: they end the transfer instead of failing one item. */
  isHopeless?: (error: RegistryError) => boolean;
}

/**
 * Runs a plan. Blobs are streamed and verified, several at a time; an item's manifests are written as soon as its blobs are
 * there, children before parents and the tag last, so that nothing ever points at missing content. Safe to repeat: a finished
 * plan run again changes nothing.
 *
 * An item that fails does not hold up the others.
 *
 * @throws {RegistryError} with `side`: `cancelled`, and what is hopeless. Whatever `onItem` throws.
 */
export async function runTransfer(plan: TransferPlan, options: TransferRunOptions = {}): Promise<void> {
  await new TransferRun(plan, options).run();
}

class TransferRun {
  readonly #plan: TransferPlan;
  readonly #options: TransferRunOptions;
  readonly #progress: TransferProgress;
  readonly #writer: ManifestWriter;
  /** Written, and there with the commit. */
  readonly #uncommitted: TransferItem[] = [];
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;

  constructor(plan: TransferPlan, options: TransferRunOptions) {
    this.#plan = plan;
    this.#options = options;
    this.#progress = options.progress ?? new TransferProgress(plan);
    this.#writer = new ManifestWriter(plan.target, plan.contents);
    const { signal } = options;
    this.#signal = signal ? AbortSignal.any([signal, this.#stop.signal]) : this.#stop.signal;
  }

  async run(): Promise<void> {
    const schedule = new Schedule(this.#plan.items, this.#options.concurrency ?? DEFAULT_CONCURRENCY, {
      blob: (task) => this.#blob(task),
      item: (item) => this.#item(item),
      failed: (item, error) => this.#ended(item, { kind: 'failed', error }),
      isFatal: (error) => this.#isFatal(error),
      stop: () => this.#stop.abort(),
    });
    try {
      await schedule.run();
      await this.#commit();
    } finally {
      await this.#plan.target.close?.();
    }
    this.#progress.finish();
  }

  /** Of a target that is written as one: nothing is there before. */
  async #commit(): Promise<void> {
    const { target } = this.#plan;
    if (!target.commit || this.#uncommitted.length === 0) return;
    let outcome: ItemOutcome = { kind: 'copied' };
    try {
      await onSide('target', async () => target.commit?.(this.#signal));
    } catch (error) {
      if (this.#isFatal(error)) throw error;
      outcome = { kind: 'failed', error: error as RegistryError };
    }
    for (const item of this.#uncommitted) this.#ended(item, outcome);
  }

  #isFatal(error: unknown): boolean {
    if (!(error instanceof RegistryError)) return true;
    return error.code === 'cancelled' || this.#options.isHopeless?.(error) === true;
  }

  /** @throws {RegistryError} `cancelled` */
  #goOn(): void {
    if (this.#signal.aborted) throw new RegistryError('cancelled', '', { cause: this.#signal.reason });
  }

  async #blob(task: BlobTask): Promise<void> {
    this.#goOn();
    this.#progress.begin(task);
    try {
      const outcome = await onSide('target', () => this.#send(task));
      this.#progress.blobDone(task, outcome);
      this.#options.onBlob?.(task, outcome);
    } catch (error) {
      this.#progress.blobFailed(task);
      throw error;
    }
  }

  #send(task: BlobTask): Promise<'mounted' | 'sent' | 'present'> {
    const { source, target } = this.#plan;
    const { repository, sourceRepository, descriptor, from, unchecked } = task;
    const { sessionsFrom = SESSIONS_FROM } = this.#options;
    const sessions = descriptor.size < sessionsFrom ? undefined : this.#options.sessions;
    const session = sessions?.get(repository, descriptor.digest);
    return target.putBlob(repository, descriptor, source.openBlob(sourceRepository, descriptor), {
      signal: this.#signal,
      onBytes: (bytes) => this.#progress.sent(task, bytes),
      onResumed: (bytes) => this.#progress.resumed(task, bytes),
      ...(sessions && { onSession: (location) => sessions.set(repository, descriptor.digest, location) }),
      ...(session === undefined ? {} : { session }),
      ...(unchecked && { mayBeThere: true }),
      ...(task.state === 'mount' && from !== undefined ? { mountFrom: from } : {}),
    });
  }

  async #item(item: TransferItem): Promise<void> {
    this.#goOn();
    const old = performance.now() - this.#plan.looked > LOOK_AGAIN_AFTER;
    if ((old || this.#options.checkTags) && (await this.#isThere(item))) {
      this.#ended(item, { kind: 'unchanged' });
      return;
    }
    const { repository } = item.request.target;
    const written = (count: number) => this.#progress.manifestsDone(count);
    try {
      await this.#writer.write(repository, item.manifests, this.#signal, written);
    } catch (error) {
      if (!missesParts(error)) throw error;
      await this.#sendMissing(item);
      this.#writer.forget(repository, item.manifests);
      await this.#writer.write(repository, item.manifests, this.#signal);
    }
    if (this.#plan.target.commit) this.#uncommitted.push(item);
    else this.#ended(item, { kind: 'copied' });
  }

  /** @throws {RegistryError} `conflict` where somebody moved the tag since the plan was made */
  async #isThere({ request, root, replaces, attached }: TransferItem): Promise<boolean> {
    const { repository, tag } = request.target;
    const { target } = this.#plan;
    const { found: now, unseen } = await onSide('target', () => target.look(repository, tag, this.#signal));
    if (unseen) return false;
    if (now?.digest === root?.digest) return attached === 0;
    if (now?.digest === replaces) return false;
    throw new RegistryError('conflict', '', { reason: `The tag ${tag} moved.`, side: 'target' });
  }

  /** The registry claimed to have a blob and does not: what it misses is sent, once. */
  async #sendMissing({ blobs }: TransferItem): Promise<void> {
    await forEachLimit(
      blobs,
      DEFAULT_CONCURRENCY,
      async (task) => {
        const { repository, descriptor } = task;
        const { target } = this.#plan;
        const found = await onSide('target', () => target.has(repository, descriptor.digest, this.#signal));
        if (!found) await onSide('target', () => this.#send({ ...task, state: 'send' }));
      },
      this.#signal,
    );
  }

  #ended(item: TransferItem, outcome: ItemOutcome): void {
    this.#progress.itemDone(outcome.kind === 'failed');
    this.#options.onItem?.(item, outcome);
  }
}

const MISSING_PARTS = new Set(['MANIFEST_BLOB_UNKNOWN', 'BLOB_UNKNOWN', 'MANIFEST_UNKNOWN']);

function missesParts(error: unknown): boolean {
  return (
    error instanceof RegistryError &&
    error.side === 'target' &&
    error.registryCodes.some((code) => MISSING_PARTS.has(code))
  );
}
