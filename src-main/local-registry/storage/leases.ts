import { utimes } from 'node:fs/promises';
import { ifPresent } from './files.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Without a manifest for so long a push was given up, where nothing else of it is seen. */
const GIVEN_UP_MS = HOUR;
/** The longest that a push may take from its first blob to its manifest, while something of it is seen. */
const LONGEST_PUSH_MS = 24 * HOUR;
/** A lease that is renewed is noted on the disk once in so long. */
const NOTED_EVERY_MS = MINUTE;
/** Noted of what no push waits for. Not 1970, which some file systems cannot express. */
const LONG_AGO = new Date('2000-01-01T00:00:00Z');

/**
 * Between being told that content is there and pushing the manifest that names it a client relies on the content. A manifest settles
 * the leases on what it names; another client may have been told of the same content just before, and gets this time for its own.
 */
const SETTLES_MS = 15_000;

interface Lease {
  at: number;
  /** A manifest that names it came after it was given. */
  settled: boolean;
  /** When its file was last touched for it. */
  noted: number;
}

/**
 * What clients were told is there, or have just put there: a push that is under way may rely on it, so no collection takes it. A
 * lease is noted as the modification time of the file that gives the repository its content, so that it survives a restart.
 */
export class Leases {
  readonly #settlesMs: number;
  /** By repository and digest, the latest last. */
  readonly #repositories = new Map<string, Map<string, Lease>>();

  constructor(settlesMs = SETTLES_MS) {
    this.#settlesMs = settlesMs;
  }

  /**
   * Gives one. It holds at once: call it in the turn in which the content was seen to be there.
   *
   * @param file that gives the repository the content
   */
  async take(repository: string, digest: string, file: string): Promise<void> {
    const now = Date.now();
    const before = this.#repositories.get(repository)?.get(digest);
    const isNoted = before !== undefined && !before.settled && now - before.noted < NOTED_EVERY_MS;
    this.#set(repository, digest, { at: now, settled: false, noted: isNoted ? before.noted : now });
    if (!isNoted) await touch(file, new Date(now));
  }

  /** The manifest that names it has arrived, and waits for its turn. */
  renew(repository: string, digest: string): void {
    this.#set(repository, digest, { at: Date.now(), settled: false, noted: 0 });
  }

  /**
   * The manifest is stored.
   *
   * @param file undefined where the repository does not have what it names
   */
  async settle(repository: string, digest: string, file: string | undefined): Promise<void> {
    this.#set(repository, digest, { at: Date.now(), settled: true, noted: 0 });
    if (file !== undefined) await touch(file, LONG_AGO);
  }

  /**
   * Whether content that nothing names must stay.
   *
   * @param touched the file's modification time, in milliseconds
   * @param pushing something else of a push to the repository is seen
   * @param waits false: as it will be when leases had their time to settle
   */
  protects(
    repository: string,
    digest: string,
    touched: number,
    { now, pushing, waits = true }: { now: number; pushing: boolean; waits?: boolean },
  ): boolean {
    const lease = this.#repositories.get(repository)?.get(digest);
    if (lease?.settled) return now - lease.at < (pushing ? GIVEN_UP_MS : waits ? this.#settlesMs : 0);
    const at = Math.max(lease?.at ?? 0, touched);
    return now - at < (pushing ? LONGEST_PUSH_MS : GIVEN_UP_MS);
  }

  /** Whether somebody relies on content of the repository and has not pushed its manifest yet. */
  areOpen(repository: string, now: number): boolean {
    for (const { settled, at } of this.#repositories.get(repository)?.values() ?? [])
      if (!settled && now - at < GIVEN_UP_MS) return true;
    return false;
  }

  /** Milliseconds until all that are settled by now have had their time. */
  settling(now: number): number {
    let longest = 0;
    for (const leases of this.#repositories.values())
      for (const { settled, at } of leases.values())
        if (settled) longest = Math.max(longest, at + this.#settlesMs - now);
    return longest;
  }

  /** Forgets those that protect nothing any more, or of which the disk has the note. */
  prune(now: number): void {
    for (const [repository, leases] of this.#repositories) {
      for (const [digest, { at }] of leases) if (now - at >= GIVEN_UP_MS) leases.delete(digest);
      if (leases.size === 0) this.#repositories.delete(repository);
    }
  }

  #set(repository: string, digest: string, lease: Lease): void {
    const leases = this.#repositories.get(repository) ?? new Map<string, Lease>();
    this.#repositories.set(repository, leases.set(digest, lease));
  }
}

/** A folder that cannot be written cannot be collected either: reading goes on. */
async function touch(file: string, time: Date): Promise<void> {
  await ifPresent(utimes(file, time, time)).catch(() => undefined);
}

/** Milliseconds after the last byte of an upload until its push counts as given up. */
export const UPLOAD_IDLE_MS = GIVEN_UP_MS;
