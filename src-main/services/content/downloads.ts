import { randomBytes } from 'node:crypto';
import { mkdir, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContentPlace, ReadyDownload } from '../../common/content.ts';
import { fileError } from '../../engine/index.ts';
import type { OpenedDownload } from '../types.ts';
import type { TemporaryFolder } from './temporary.ts';

/** Milliseconds that a place may wait for its operation, and then its archive for the browser that takes it. */
const UNUSED = 60 * 60_000;
const CHECK_EVERY = 60_000;
/** 256 bits: not guessed. */
const TICKET_BYTES = 32;

interface Prepared {
  readonly ticket: string;
  readonly name: string;
  /** Of its own, so that the archive can have the name that it is downloaded by. */
  readonly folder: string;
  readonly path: string;
  /** Operations that write it, and pages that load it. */
  uses: number;
  /** When the last of them ended, or when it was prepared. */
  unusedSince: number;
}

/** Archives that operations write for a browser: each goes when it was downloaded, or when nobody did so within an hour. */
export class Downloads {
  readonly #temporary: TemporaryFolder;
  /** By path. */
  readonly #prepared = new Map<string, Prepared>();
  readonly #timer: NodeJS.Timeout;

  constructor(temporary: TemporaryFolder) {
    this.#temporary = temporary;
    this.#timer = setInterval(() => void this.#removeUnused(), CHECK_EVERY).unref();
  }

  /** @returns a path to which an archive can be written. @throws {RegistryError} `fileFailed` */
  async prepare(name: string): Promise<string> {
    const ticket = randomBytes(TICKET_BYTES).toString('base64url');
    try {
      // What leads to it is no part of its path, which the history keeps.
      const folder = join(await this.#temporary.path(), randomBytes(8).toString('hex'));
      await mkdir(folder, { mode: 0o700 });
      const path = join(folder, name);
      this.#prepared.set(path, { ticket, name, folder, path, uses: 0, unusedSince: performance.now() });
      return path;
    } catch (error) {
      throw fileError(error);
    }
  }

  /** Those that are whole. */
  async ready(): Promise<ReadyDownload[]> {
    const found: ReadyDownload[] = [];
    for (const { path, ticket } of this.#prepared.values()) {
      // An archive gets its name when all of it is written.
      const whole = await stat(path).catch(() => undefined);
      if (whole) found.push({ path, ticket });
    }
    return found;
  }

  /** Undefined where there is none (any more). */
  async open(ticket: string): Promise<OpenedDownload | undefined> {
    const prepared = [...this.#prepared.values()].find((each) => each.ticket === ticket);
    const handle = prepared && (await open(prepared.path).catch(() => undefined));
    if (!handle) return undefined;
    const release = this.#use(prepared);
    const { size } = await handle.stat();
    return {
      name: prepared.name,
      size,
      chunks: handle.createReadStream(),
      close: async (sent) => {
        release();
        await handle.close();
        if (sent) await this.#remove(prepared);
      },
    };
  }

  /** An operation that writes there keeps it until the answer is called. */
  lease(place: ContentPlace): () => void {
    const prepared = 'path' in place ? this.#prepared.get(place.path) : undefined;
    return prepared ? this.#use(prepared) : () => {};
  }

  /** What is still there goes with the folder. */
  close(): void {
    clearInterval(this.#timer);
    this.#prepared.clear();
  }

  #use(prepared: Prepared): () => void {
    prepared.uses += 1;
    return () => {
      prepared.uses -= 1;
      prepared.unusedSince = performance.now();
    };
  }

  async #removeUnused(): Promise<void> {
    for (const prepared of [...this.#prepared.values()]) {
      if (prepared.uses === 0 && performance.now() - prepared.unusedSince > UNUSED)
        await this.#remove(prepared);
    }
  }

  async #remove({ path, folder }: Prepared): Promise<void> {
    this.#prepared.delete(path);
    // One that cannot be removed goes with the folder of all.
    await rm(folder, { recursive: true, force: true }).catch(() => {});
  }
}
