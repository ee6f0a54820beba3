import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Settings } from '../../common/settings.ts';
import type { KeptContents, KeptFile, Trash } from '../../data/index.ts';
import {
  type Descriptor,
  forEachLimit,
  layoutFolder,
  listReferrers,
  type OciFolderTarget,
  partsOf,
  RegistryContent,
  RegistryError,
} from '../../engine/index.ts';
import { ServiceError } from '../errors.ts';
import type { ContentKeeper, Doomed, KeepOptions } from '../operations/keeping.ts';
import type { RegistryHandle } from '../types.ts';
import { readForTrash } from './keep.ts';

/** Images whose manifests are read at a time, and of which blobs are on their way. */
const READS = 6;
const IMAGES = 3;
/** Blobs of one image at a time. */
const BLOBS = 4;
/** Milliseconds until a folder that another program fills is tried again. */
const BUSY_AGAIN = 500;
const GIGABYTE = 1_000_000_000;
const DAY = 86_400_000;

type Limits = Pick<Settings, 'keptDays' | 'keptGigabytes' | 'keptFolder'>;

/**
 * Content of deleted and overwritten images, in a folder of the app: an OCI image layout, with each blob once however many images hold it. What no
 * operation needs any more goes; so does the oldest where there is no room for the newest.
 */
export class KeptContent implements ContentKeeper {
  readonly #home: string;
  readonly #rows: KeptContents;
  readonly #trash: Trash;
  readonly #limits: () => Limits;
  readonly #now: () => Date;
  /** Who writes into the folder, in this process. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: {
    /** The app's folder. */
    home: string;
    rows: KeptContents;
    trash: Trash;
    limits: () => Limits;
    now: () => Date;
  }) {
    this.#home = options.home;
    this.#rows = options.rows;
    this.#trash = options.trash;
    this.#limits = options.limits;
    this.#now = options.now;
  }

  get folder(): string {
    return this.#folderBelow(this.#limits().keptFolder);
  }

  /**
   * Whether content can be kept below another folder from now on.
   *
   * @param chosen empty: the app's own
   * @throws ServiceError `invalidInput` for one that cannot be written into, and while content is kept in the present one
   */
  checkFolder(chosen: string): void {
    const folder = this.#folderBelow(chosen);
    if (folder === this.folder) return;
    if (this.bytes() > 0)
      throw new ServiceError('invalidInput', `Layers are kept in ${this.folder}: remove them before.`);
    if (chosen !== '' && !isAbsolute(chosen))
      throw new ServiceError('invalidInput', 'The folder for kept layers is named from the root.');
    const probe = join(folder, `.${randomUUID()}`);
    try {
      mkdirSync(folder, { recursive: true });
      writeFileSync(probe, '');
      rmSync(probe);
    } catch (error) {
      const reason = `${chosen} cannot be written into: ${error instanceof Error ? error.message : error}`;
      throw new ServiceError('invalidInput', reason, { cause: error });
    }
  }

  bytes(): number {
    return this.#rows.bytes();
  }

  /** Whether a blob is here. */
  async has(digest: string): Promise<boolean> {
    return this.#rows.holds(digest) && (await (await layoutFolder(this.folder)).has('', digest));
  }

  /** A blob's verified bytes, as the source of an upload. */
  async open(blob: Pick<Descriptor, 'digest' | 'size'>) {
    return (await layoutFolder(this.folder)).openBlob(blob);
  }

  /**
   * Keeps manifests with all below them and all that is attached to them. What another run kept already is not read again.
   *
   * @throws ServiceError `keepLimit` where it is more than may be kept: then nothing of it is
   */
  async keep(
    operationId: string,
    registry: RegistryHandle,
    doomed: readonly Doomed[],
    { signal, report }: KeepOptions,
  ): Promise<void> {
    const again = this.#rows.has(operationId);
    try {
      await this.#writing(signal, async (target) => {
        const wholes = new Map<Doomed, readonly string[]>();
        await forEachLimit(
          doomed,
          READS,
          async (one, stop) => {
            const roots = await withAttached(registry, one, stop);
            wholes.set(one, roots);
            for (const root of roots) {
              const manifests = await readForTrash(registry, one.repository, root, stop);
              this.#rows.add(operationId, filesOf(manifests));
              // What is attached is not deleted, and may be collected when it has lost its subject.
              this.#trash.keep(operationId, one.repository, manifests, []);
            }
          },
          signal,
        );
        await this.#makeRoom(operationId, target);
        const total = this.#rows.bytesOf(operationId);
        const counted = new Set<string>();
        let done = 0;
        const count = (digest: string, bytes: number) => {
          if (counted.has(digest)) return;
          counted.add(digest);
          done += bytes;
          report(done, total);
        };
        report(done, total);
        await forEachLimit(
          doomed,
          IMAGES,
          async (one, stop) => {
            for (const root of wholes.get(one) ?? []) await keepOne(registry, one, root, target, stop, count);
          },
          signal,
        );
      });
    } catch (error) {
      // Nothing was taken away for which it could be needed.
      if (!again) this.#rows.remove(operationId);
      throw error;
    }
  }

  /** Removes what is too old, and what is too much. */
  async tidy(signal: AbortSignal): Promise<void> {
    if (this.#stale() === undefined && this.bytes() <= this.#most()) return;
    await this.#writing(signal, (target) => this.#makeRoom(undefined, target));
  }

  /** Removes all that no operation under way may need. */
  async empty(signal: AbortSignal | undefined): Promise<void> {
    await this.#writing(signal, async (target) => {
      for (let next = this.#rows.oldest(); next; next = this.#rows.oldest())
        this.#rows.remove(next.operationId);
      await target.retain(this.#rows.digests());
    });
  }

  /** @throws ServiceError `keepLimit` where one operation alone is too much: then nothing goes */
  async #makeRoom(operationId: string | undefined, target: OciFolderTarget): Promise<void> {
    const own = operationId === undefined ? 0 : this.#rows.bytesOf(operationId);
    if (own > this.#most()) throw tooMuch(own, this.#most());
    const before = this.#rows.oldest()?.operationId;
    for (let old = this.#stale(); old !== undefined; old = this.#stale()) this.#rows.remove(old);
    while (this.bytes() > this.#most()) {
      const oldest = this.#rows.oldest();
      if (!oldest) break;
      this.#rows.remove(oldest.operationId);
    }
    if (this.#rows.oldest()?.operationId !== before) await target.retain(this.#rows.digests());
    // The rest is needed by operations under way.
    if (own > 0 && this.bytes() > this.#most()) throw tooMuch(this.bytes(), this.#most());
  }

  #most(): number {
    return this.#limits().keptGigabytes * GIGABYTE;
  }

  #stale(): string | undefined {
    const oldest = this.#rows.oldest();
    const since = this.#now().getTime() - this.#limits().keptDays * DAY;
    return oldest && Date.parse(oldest.started) < since ? oldest.operationId : undefined;
  }

  /** One of the app's own: what nothing needs is removed from it, whatever else is in the folder that was chosen. */
  #folderBelow(chosen: string): string {
    if (chosen === '') return join(this.#home, 'kept');
    const name = createHash('sha256').update(this.#home).digest('hex').slice(0, 8);
    return join(chosen, `wharfinger-kept-${name}`);
  }

  /** One at a time, in this process and in others. */
  async #writing<T>(
    signal: AbortSignal | undefined,
    work: (target: OciFolderTarget) => Promise<T>,
  ): Promise<T> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    try {
      await before;
      const target = await this.#begun(signal);
      try {
        return await work(target);
      } finally {
        await target.close();
      }
    } finally {
      resolve();
    }
  }

  async #begun(signal: AbortSignal | undefined): Promise<OciFolderTarget> {
    const target = await layoutFolder(this.folder);
    for (;;) {
      try {
        await target.begin();
        return target;
      } catch (error) {
        await target.close();
        if (!(error instanceof RegistryError) || error.code !== 'contentBusy') throw error;
        await delay(BUSY_AGAIN, undefined, { ref: false, ...(signal && { signal }) });
      }
    }
  }
}

function tooMuch(bytes: number, most: number): ServiceError {
  return new ServiceError('keepLimit', `${bytes} bytes would be kept; ${most} may be kept in all.`);
}

/** A manifest, what is attached to it, and what is attached to that; of those that are there. */
async function withAttached(
  registry: RegistryHandle,
  { repository, digest }: Doomed,
  signal: AbortSignal,
): Promise<string[]> {
  const all = new Set([digest]);
  for (const one of all)
    for (const attached of await listReferrers(registry.client, repository, one, { signal }))
      all.add(attached.digest);
  return [...all];
}

function filesOf(manifests: Awaited<ReturnType<typeof readForTrash>>): KeptFile[] {
  return manifests.flatMap((raw) => [
    { digest: raw.digest, size: raw.bytes.byteLength },
    ...partsOf(raw).blobs,
  ]);
}

async function keepOne(
  registry: RegistryHandle,
  { repository, digest, tags }: Doomed,
  root: string,
  target: OciFolderTarget,
  signal: AbortSignal,
  count: (digest: string, bytes: number) => void,
): Promise<void> {
  const manifests = await readForTrash(registry, repository, root, signal);
  const source = new RegistryContent(registry.client, registry.reader);
  const blobs = new Map(manifests.flatMap((raw) => partsOf(raw).blobs.map((blob) => [blob.digest, blob])));
  await forEachLimit(
    blobs.values(),
    BLOBS,
    async (blob, stop) => {
      const open = source.openBlob(repository, blob);
      await target.putBlob('', { mediaType: '', ...blob }, open, { signal: stop });
      count(blob.digest, blob.size);
    },
    signal,
  );
  for (const raw of manifests) {
    // Listed for what it is attached to, or as itself: in the index of the layout everything can be found.
    const subject = raw.digest === root ? (partsOf(raw).subject ?? root) : undefined;
    const names = raw.digest === digest ? tags : [];
    try {
      await target.putManifest('', raw.digest, raw, { subject, signal });
      for (const tag of names)
        await target.putManifest(`${registry.host}/${repository}`, tag, raw, { signal });
    } catch (error) {
      // One that says nothing that can be read has no blobs; the trash keeps its bytes.
      if (!(error instanceof RegistryError) || error.code !== 'invalidResponse') throw error;
    }
    count(raw.digest, raw.bytes.byteLength);
  }
}
