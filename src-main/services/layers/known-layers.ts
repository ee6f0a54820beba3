import { z } from 'zod';
import type { Failure } from '../../common/failure.ts';
import type { FileCache } from '../../data/index.ts';
import {
  type ContentSink,
  type Descriptor,
  type LayerBlob,
  type LayerContents,
  type LayerEntry,
  type LayerTree,
  RegistryError,
  readLayer,
  readTree,
  writeTree,
} from '../../engine/index.ts';
import { LAYER_TOCS, LAYER_WARNINGS } from '../../engine/vocabulary/layers.ts';
import { Coalescer } from '../coalesce.ts';
import { failureOf } from '../failure.ts';

/** Looks into files while a layer is read, for who wants more of it than its tree: one pass makes both. */
export interface LayerFinder {
  /** Of its findings, which are kept with the tree: those of another version are made anew. */
  readonly version: string;
  /** For one layer. */
  begin(): LayerFinding;
}

interface LayerFinding {
  sinkFor(entry: LayerEntry): ContentSink | undefined;
  /** What has to end before more is read. */
  settling(): Promise<void> | undefined;
  /** Asked for at the end of the layer, and kept as it is. */
  findings(): Promise<Uint8Array>;
}

/** A layer that was read. */
export interface KnownLayer extends LayerContents {
  /** Absent where only its table of contents was read. */
  readonly findings?: Uint8Array;
}

export interface ReadingLayer {
  signal?: AbortSignal | undefined;
  /** The findings are wanted too: a table of contents is not enough. */
  findings?: boolean;
  /** What is in its files is to be known: a table of contents does not prove it. */
  sums?: boolean;
}

/** Bytes of trees that are kept in memory; those in use stay in any case. */
const MEMORY_MAX = 96 * 2 ** 20;
/** Raised with every change of what is kept. */
const VERSION = 4;

const kept = z.object({
  version: z.literal(VERSION),
  toc: z.enum(LAYER_TOCS).exactOptional(),
  diffId: z.string().exactOptional(),
  bytes: z.number(),
  entries: z.number(),
  warnings: z.array(z.enum(LAYER_WARNINGS)),
  summed: z.literal(true).exactOptional(),
  /** Bytes of the findings, which are stored between this and the tree, and what made them. */
  findings: z.object({ finder: z.string(), size: z.int().nonnegative() }).exactOptional(),
});

/**
 * The trees of layers by digest: in memory, on disk, or read. Who asks for one that is being read waits for that reading, which ends when
 * nobody waits any more.
 */
export class KnownLayers {
  readonly #cache: FileCache;
  readonly #finder: LayerFinder | undefined;
  readonly #reads = new Coalescer<KnownLayer>();
  /** Used last at the end. */
  readonly #memory = new Map<string, KnownLayer>();
  readonly #failures = new Map<string, Failure>();
  readonly #progress = new Map<string, number>();

  constructor(cache: FileCache, finder?: LayerFinder) {
    this.#cache = cache;
    this.#finder = finder;
  }

  /** Why the last reading of it failed. */
  failure(digest: string): Failure | undefined {
    return this.#failures.get(digest);
  }

  /** Bytes of the blob that were read of one that is being read. */
  progress(digest: string): number {
    return this.#progress.get(digest) ?? 0;
  }

  /** As it was read before; asks nothing but the disk. */
  async get(digest: string): Promise<KnownLayer | undefined> {
    const known = this.#memory.get(digest) ?? (await this.#load(digest));
    if (known) this.#remember(digest, known);
    return known;
  }

  /** Digests of all that were read and are kept. */
  async digests(): Promise<string[]> {
    const names = await this.#cache.names();
    return names.flatMap((name) => digestOf(name) ?? []);
  }

  /** The tree of one that is kept, for a look through many: it takes the place of no other in memory. */
  async peek(digest: string): Promise<LayerTree | undefined> {
    return (this.#memory.get(digest) ?? (await this.#load(digest, false)))?.tree;
  }

  /** @throws {RegistryError} as `readLayer` */
  async read(
    layer: Descriptor,
    blob: LayerBlob,
    { signal, findings = false, sums = false }: ReadingLayer = {},
  ): Promise<KnownLayer> {
    const known = await this.get(layer.digest);
    if (known && (!findings || 'findings' in known) && (!sums || known.summed)) return known;
    const { digest } = layer;
    try {
      const whole = findings || sums;
      const read = await this.#reads.run(`${digest} ${whole}`, signal, (shared) =>
        this.#read(layer, blob, whole, shared),
      );
      this.#failures.delete(digest);
      return read;
    } catch (error) {
      if (error instanceof RegistryError && error.code !== 'cancelled')
        this.#failures.set(digest, failureOf(error));
      throw error;
    }
  }

  async #read(layer: Descriptor, blob: LayerBlob, whole: boolean, signal: AbortSignal): Promise<KnownLayer> {
    const { digest } = layer;
    const found = this.#finder?.begin();
    try {
      const contents = await readLayer(blob, layer, {
        signal,
        visit: (entry) => found?.sinkFor(entry),
        settling: () => found?.settling(),
        whole,
        report: (read) => void this.#progress.set(digest, read),
      });
      const known = {
        ...contents,
        ...(found && contents.toc === undefined ? { findings: await found.findings() } : {}),
      };
      this.#remember(digest, known);
      await this.#keep(digest, known);
      return known;
    } finally {
      this.#progress.delete(digest);
    }
  }

  #remember(digest: string, known: KnownLayer): void {
    this.#memory.delete(digest);
    this.#memory.set(digest, known);
    let bytes = 0;
    for (const each of this.#memory.values()) bytes += each.tree.bytes;
    for (const [oldest, { tree }] of this.#memory) {
      if (bytes <= MEMORY_MAX || oldest === digest) return;
      this.#memory.delete(oldest);
      bytes -= tree.bytes;
    }
  }

  async #keep(digest: string, { tree, findings, ...rest }: KnownLayer): Promise<void> {
    const finder = this.#finder?.version;
    const found = findings && finder !== undefined ? { findings: { finder, size: findings.byteLength } } : {};
    const head = Buffer.from(`${JSON.stringify({ version: VERSION, ...rest, ...found })}\n`);
    await this.#cache.write(fileOf(digest), [
      head,
      ...(findings ? [findings] : []),
      ...(await writeTree(tree)),
    ]);
  }

  async #load(digest: string, uses = true): Promise<KnownLayer | undefined> {
    const file = await this.#cache.read(fileOf(digest), uses);
    if (!file) return undefined;
    const end = file.indexOf(0x0a) + 1;
    const head = kept.safeParse(jsonOf(file.toString('utf8', 0, end)));
    const size = head.data?.findings?.size ?? 0;
    const tree = await readTree(file.subarray(end + size));
    if (!head.success || !tree) {
      await this.#cache.drop(fileOf(digest));
      return undefined;
    }
    const { version: _, findings, ...rest } = head.data;
    const current = findings !== undefined && findings.finder === this.#finder?.version;
    return { ...rest, tree, ...(current ? { findings: file.subarray(end, end + size) } : {}) };
  }
}

/** An image of a registry can name any digest: one that passed the engine's grammar is a file name. */
const fileOf = (digest: string): string => `${digest.replace(':', '-')}.tree`;
const digestOf = (name: string): string | undefined => /^(.+)[.]tree$/.exec(name)?.[1]?.replace('-', ':');

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
