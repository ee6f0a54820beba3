import { randomUUID } from 'node:crypto';
import type { Failure } from '../../common/failure.ts';
import type {
  AttachedSbom,
  PackageList,
  PackageProblem,
  PackageSearch,
  PackageSource,
  SbomFormat,
} from '../../common/packages.ts';
import {
  isHidden,
  type JoinedLayer,
  joinFindings,
  type LayerTree,
  movedFiles,
  RegistryError,
  readFindings,
  settle,
  writeCycloneDx,
  writeSpdx,
} from '../../engine/index.ts';
import type { RegistryErrorCode } from '../../engine/vocabulary/errors.ts';
import { Coalescer } from '../coalesce.ts';
import type { ImageAt } from '../core/image-at.ts';
import type { PackagesService } from '../core/packages.ts';
import { failureOf } from '../failure.ts';
import { ImageLayers } from '../layers/image-layers.ts';
import type { KnownLayers } from '../layers/known-layers.ts';
import { isRegistry } from '../place-handle.ts';
import { Recent } from '../recent.ts';
import { checkTarget, saveFile } from '../save-file.ts';
import type { CallOptions } from '../types.ts';
import { attachedTo } from './attached.ts';
import { type FoundPackages, matching, summaryOf } from './found.ts';

/** Images whose packages are kept at hand, for the pages of a list. */
const KEPT_MAX = 4;
/** Milliseconds between two reports of how far a search is. */
const REPORT_EVERY = 150;
/** What is otherwise another time; a layer that is no archive stays one. */
const MAY_PASS: ReadonlySet<RegistryErrorCode> = new Set([
  'hostUnknown',
  'connectionRefused',
  'connectionLost',
  'timeout',
  'proxyFailed',
  'unauthorized',
  'rateLimited',
  'registryFailed',
  'engineUnreachable',
]);
/** Characters of a document that are written at once. */
const PIECE = 256 * 1024;

/** Which packages are looked for. */
interface Wanted {
  index?: string | undefined;
  source?: PackageSource | undefined;
}

export interface PackagesOptions {
  version: string;
  now: () => Date;
  /** What was found in an image of a registry. */
  keep: (found: FoundPackages, diffIds: readonly string[] | undefined) => Promise<void>;
}

/** Packages of images, wherever these lie. */
export class Packages implements PackagesService {
  readonly #known: KnownLayers;
  readonly #version: string;
  readonly #now: () => Date;
  readonly #keep: (found: FoundPackages, diffIds: readonly string[] | undefined) => Promise<void>;
  readonly #searches = new Coalescer<FoundPackages>();
  readonly #kept = new Recent<FoundPackages>(KEPT_MAX);
  /** Layers that are read, by the image whose search waits for them. */
  readonly #reading = new Map<string, number>();

  constructor(known: KnownLayers, { version, now, keep }: PackagesOptions) {
    this.#known = known;
    this.#version = version;
    this.#now = now;
    this.#keep = keep;
  }

  async *find(
    at: ImageAt,
    { signal, ...wanted }: CallOptions & Wanted = {},
  ): AsyncGenerator<PackageSearch, void, void> {
    const image = await ImageLayers.open(at, { signal });
    // What could not be read the last time, or was attached since, may be there now.
    this.#kept.delete(keyOf(at, image, wanted));
    const search = this.#search(at, image, wanted, signal);
    let found: FoundPackages | undefined;
    const ended = search.then(
      (result) => {
        found = result;
      },
      () => undefined, // thrown below
    );
    for (;;) {
      let timer: NodeJS.Timeout | undefined;
      const later = new Promise((resolve) => {
        timer = setTimeout(resolve, REPORT_EVERY);
      });
      const done = await Promise.race([ended.then(() => true), later.then(() => false)]);
      clearTimeout(timer);
      if (done) break;
      const layer = this.#reading.get(image.digest);
      if (layer === undefined) continue;
      const { digest, size } = image.layer(layer);
      const read = Math.min(this.#known.progress(digest), size);
      yield { kind: 'reading', layer, layers: image.layers.length, read, size };
    }
    found ??= await search;
    yield { kind: 'found', summary: summaryOf(found) };
  }

  async list(
    at: ImageAt,
    {
      filter,
      type,
      offset,
      limit,
      signal,
      ...wanted
    }: CallOptions &
      Wanted & { filter?: string | undefined; type?: string | undefined; offset: number; limit: number },
  ): Promise<PackageList> {
    const image = await ImageLayers.open(at, { signal });
    const { packages } = await this.#search(at, image, wanted, signal);
    const found = await matching(packages, { filter, type, signal });
    return { items: found.slice(offset, offset + limit), total: found.length };
  }

  async document(
    at: ImageAt,
    format: SbomFormat,
    { signal, ...wanted }: CallOptions & Wanted = {},
  ): Promise<Iterable<string>> {
    const image = await ImageLayers.open(at, { signal });
    const { digest, layers, packages, system } = await this.#search(at, image, wanted, signal);
    const described = { name: nameOf(at), digest, layers, packages, release: system };
    const making = { version: this.#version, now: this.#now(), id: randomUUID() };
    return inPieces(format === 'spdx' ? writeSpdx(described, making) : writeCycloneDx(described, making));
  }

  async export(
    at: ImageAt,
    format: SbomFormat,
    to: string,
    options: CallOptions & Wanted = {},
  ): Promise<void> {
    checkTarget(to);
    const document = await this.document(at, format, options);
    await saveFile(to, bytesOf(document, options.signal));
  }

  /** Once for all who ask at the same time, and for the pages of its list. */
  async #search(
    at: ImageAt,
    image: ImageLayers,
    wanted: Wanted,
    signal: AbortSignal | undefined,
  ): Promise<FoundPackages> {
    const key = keyOf(at, image, wanted);
    const known = this.#kept.get(key);
    const found =
      known ??
      (await this.#searches.run(key, signal, (shared) => this.#findAndKeep(at, image, wanted, shared)));
    this.#kept.use(key, found);
    return found;
  }

  async #findAndKeep(
    { handle }: ImageAt,
    image: ImageLayers,
    wanted: Wanted,
    signal: AbortSignal,
  ): Promise<FoundPackages> {
    const found = await this.#find(image, wanted, signal);
    // An SBOM that is not there says nothing of the image.
    const isKnown = found.source === 'files' || found.sboms.some(({ used }) => used);
    // What was not reached is to be looked into again.
    if (isRegistry(handle) && isKnown && !found.unreached) await this.#keep(found, image.diffIds);
    return found;
  }

  async #find(image: ImageLayers, { index, source }: Wanted, signal: AbortSignal): Promise<FoundPackages> {
    const attached = await attachedTo(image, index, signal);
    const { sboms, unseen } = attached;
    // What is not seen may be there: it is said whatever is shown.
    const problems = unseen.map((reason): PackageProblem => ({ code: 'unread', reason }));
    const used = source === 'files' ? undefined : sboms.find(({ packages }) => packages.length > 0);
    const shown = sboms.map(
      ({ packages, ...sbom }): AttachedSbom => ({
        ...sbom,
        packages: packages.length,
        used: sbom.digest === used?.digest && sbom.subject === used.subject,
      }),
    );
    const about = { digest: image.digest, layers: image.layers.map(({ digest }) => digest), sboms: shown };
    if (used || source === 'sbom')
      return { ...about, source: 'sbom', packages: used?.packages ?? [], problems };
    const missed: Failure[] = [];
    const layersOf = this.#layersOf(image, missed, signal);
    const { packages, release, problems: own } = await joinFindings(layersOf, { signal });
    const [unreached] = missed;
    return {
      ...about,
      source: 'files',
      packages,
      ...(release ? { system: release } : {}),
      problems: [...problems, ...own],
      ...(unreached ? { unreached } : {}),
    };
  }

  /** @param missed why layers were not read that may be read later */
  async *#layersOf(
    image: ImageLayers,
    missed: Failure[],
    signal: AbortSignal,
  ): AsyncGenerator<JoinedLayer, void, void> {
    const below: LayerTree[] = [];
    try {
      for (const [index, layer] of image.layers.entries()) {
        this.#reading.set(image.digest, index);
        yield await this.#layer(image, layer, { below, missed }, signal);
      }
    } finally {
      this.#reading.delete(image.digest);
    }
  }

  /**
   * One that cannot be read says so; the others are read.
   *
   * @param beside trees of the layers below, and why others were not reached: its own is added
   */
  async #layer(
    image: ImageLayers,
    layer: ImageLayers['layers'][number],
    { below, missed }: { below: LayerTree[]; missed: Failure[] },
    signal: AbortSignal,
  ): Promise<JoinedLayer> {
    try {
      const known = await this.#known.read(layer, image.blob(layer), { findings: true, signal });
      if (!known.findings) throw new TypeError('A layer was read without its findings.');
      const tree = await settle(below, known.tree);
      below.push(tree);
      const moved = movedFiles(tree);
      const { files, ...findings } = await readFindings(known.findings);
      const placed = files.map(({ path, ...file }) => ({ ...file, path: moved.get(path) ?? path }));
      return { findings: { ...findings, files: placed }, hides: (path) => isHidden(tree, path) };
    } catch (error) {
      if (!(error instanceof RegistryError) || error.code === 'cancelled') throw error;
      const failure = failureOf(error);
      if (MAY_PASS.has(error.code)) missed.push(failure);
      const { message, reason = message } = failure;
      const problems = [{ code: 'unread', reason } as const];
      return { findings: { files: [], licences: {}, problems }, hides: () => false };
    }
  }
}

function keyOf(at: ImageAt, { digest }: ImageLayers, { index, source }: Wanted): string {
  return [nameOf(at), digest, index ?? '', source ?? ''].join(' ');
}

/** In pieces of some size: each is written at once, and other work has its turn between them. */
function* inPieces(texts: Iterable<string>): Generator<string, void, void> {
  let held: string[] = [];
  let size = 0;
  for (const text of texts) {
    held.push(text);
    size += text.length;
    if (size < PIECE) continue;
    yield held.join('');
    held = [];
    size = 0;
  }
  yield held.join('');
}

async function* bytesOf(
  pieces: Iterable<string>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer, void, void> {
  for (const piece of pieces) {
    signal?.throwIfAborted();
    yield Buffer.from(piece);
  }
}

/** As references name the place without tag or digest. */
function nameOf({ handle, repository }: ImageAt): string {
  if (!('content' in handle.place)) return `${handle.host}/${repository}`;
  return repository === '' ? handle.host : `${handle.host}:${repository}`;
}
