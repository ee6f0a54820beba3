import { createHash, type Hash, randomUUID } from 'node:crypto';
import { type FileHandle, open, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { algorithmOf, type DigestAlgorithm, digestSoFar } from '../digest.ts';
import { fileHasDigest } from './content.ts';
import { ifPresent, namesIn, PRIVATE_FILE, writeFully } from './files.ts';
import { Locks } from './locks.ts';
import type { Layout } from './paths.ts';

/** A session without a write for so long is given up: distribution purges at a week, clients retry within hours. */
const EXPIRY_MS = 24 * 60 * 60 * 1000;

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

interface RunningHash {
  hash: Hash;
  algorithm: DigestAlgorithm;
  /** The bytes it took: it is valid only while the file has as many. */
  size: number;
}

export interface Session {
  file: string;
  /** Stands for its repository. */
  owner: string;
  /** Bytes that came. */
  size: number;
  /** When the last of them came, in milliseconds. */
  modified: number;
  /** It was given up. */
  expired: boolean;
}

/**
 * Upload sessions. A session is one file, named for its id and its repository, so it survives a restart; what was
 * received before a connection broke stays and the client may go on.
 */
export class UploadStore {
  readonly #layout: Layout;
  readonly #locks = new Locks();
  readonly #hashes = new Map<string, RunningHash>();

  constructor(layout: Layout) {
    this.#layout = layout;
  }

  /** Removes the sessions that were given up, and what else lies there that long. */
  async removeExpired(now: number): Promise<void> {
    for (const { file, expired } of await this.sessions(now)) if (expired) await this.remove(file, now);
  }

  /** All sessions, by the names of their files. */
  async sessions(now: number): Promise<Session[]> {
    const sessions: Session[] = [];
    for (const file of await namesIn(this.#layout.uploads)) {
      const found = await ifPresent(stat(join(this.#layout.uploads, file)));
      if (!found) continue;
      const [, owner = ''] = file.split('.', 2);
      const expired = now - found.mtimeMs > EXPIRY_MS;
      sessions.push({ file, owner, size: found.size, modified: found.mtimeMs, expired });
    }
    return sessions;
  }

  /** Whether bytes of a blob came to the repository since then. */
  async cameTo(repository: string, since: number): Promise<boolean> {
    const wanted = ownerOf(repository);
    return (await this.sessions(since)).some(({ owner, modified }) => owner === wanted && modified >= since);
  }

  /**
   * Removes a session, if it is given up still: one whose chunk comes just now is as young as that chunk.
   *
   * @returns the bytes it had, or undefined
   */
  async remove(file: string, now: number): Promise<number | undefined> {
    const [id = ''] = file.split('.', 1);
    if (this.#locks.isHeld(id)) return undefined;
    return await this.#locks.run(id, async () => {
      const path = join(this.#layout.uploads, file);
      const found = await ifPresent(stat(path));
      if (!found || now - found.mtimeMs <= EXPIRY_MS) return undefined;
      this.#hashes.delete(id);
      await rm(path, { recursive: true, force: true });
      return found.size;
    });
  }

  /** @returns the session's id. */
  async start(repository: string): Promise<string> {
    const id = randomUUID();
    await writeFile(this.#file(repository, id), '', { flag: 'wx', ...PRIVATE_FILE });
    return id;
  }

  /** The bytes received so far; undefined if there is no such session in the repository. */
  async size(repository: string, id: string): Promise<number | undefined> {
    if (!ID.test(id)) return undefined;
    return (await ifPresent(stat(this.#file(repository, id))))?.size;
  }

  async cancel(repository: string, id: string): Promise<void> {
    this.#hashes.delete(id);
    await rm(this.#file(repository, id), { force: true });
  }

  /** Runs work that no other request to this session may disturb. */
  async exclusively<T>(id: string, work: () => Promise<T>): Promise<T> {
    return this.#locks.run(id, work);
  }

  /**
   * Appends a body at `from`, the session's size. If the body or the disk fails midway, what was written whole stays.
   *
   * @param algorithm of the digest to come, where it is known already
   * @returns the new size.
   */
  async append(
    repository: string,
    id: string,
    body: AsyncIterable<Uint8Array>,
    { from, algorithm = 'sha256' }: { from: number; algorithm?: DigestAlgorithm | undefined },
  ): Promise<number> {
    const file = await open(this.#file(repository, id), 'r+');
    let size = from;
    const hash = this.#hashAt(id, from, algorithm);
    this.#hashes.delete(id);
    try {
      for await (const chunk of body) {
        await writeFully(file, chunk, size);
        hash?.update(chunk);
        size += chunk.byteLength;
      }
      return size;
    } finally {
      await closeAt(file, size);
      if (hash) this.#hashes.set(id, { hash, algorithm, size });
    }
  }

  /** Cuts a session back to an earlier size. */
  async truncate(repository: string, id: string, size: number): Promise<void> {
    this.#hashes.delete(id);
    const file = await open(this.#file(repository, id), 'r+');
    await closeAt(file, size);
  }

  /** Whether the whole session has this digest; then its bytes are on the disk and the file may be taken over. */
  async verify(repository: string, id: string, digest: string, size: number): Promise<string | undefined> {
    const path = this.#file(repository, id);
    const running = this.#hashes.get(id);
    const algorithm = algorithmOf(digest);
    const good =
      running?.algorithm === algorithm && running.size === size
        ? digestSoFar(running.hash, algorithm) === digest
        : await fileHasDigest(path, digest);
    if (!good) return undefined;
    const file = await open(path, 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
    return path;
  }

  /** Forgets a session whose file was taken over. */
  forget(id: string): void {
    this.#hashes.delete(id);
  }

  #hashAt(id: string, size: number, algorithm: DigestAlgorithm): Hash | undefined {
    if (size === 0) return createHash(algorithm);
    const running = this.#hashes.get(id);
    return running?.size === size && running.algorithm === algorithm ? running.hash : undefined;
  }

  #file(repository: string, id: string): string {
    return join(this.#layout.uploads, `${id}.${ownerOf(repository)}`);
  }
}

/** A repository in the name of a session's file. */
function ownerOf(repository: string): string {
  return createHash('sha256').update(repository).digest('hex').slice(0, 16);
}

/** Closes a session's file at a known size: a chunk that was written in part goes. */
async function closeAt(file: FileHandle, size: number): Promise<void> {
  try {
    if ((await file.stat()).size !== size) await file.truncate(size);
  } finally {
    await file.close();
  }
}
