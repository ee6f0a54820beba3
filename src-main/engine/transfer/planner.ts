import type { ContentSource } from '../content/source.ts';
import type { ContentTarget } from '../content/target.ts';
import { RegistryError } from '../errors.ts';
import { forEachLimit } from '../for-each-limit.ts';
import { isDigest } from '../model/digest.ts';
import type { Descriptor, ManifestHead, RawManifest } from '../model/manifest.ts';
import { graph, type ManifestGraph } from '../reading/graph.ts';
import { headOfNamed } from '../reading/reader.ts';
import { findAttached, ListedReferrers } from './attached.ts';
import { BlobTasks } from './blob-tasks.ts';
import { checkCopyable } from './copyable.ts';
import { sortForeign } from './foreign-layers.ts';
import { holdsAll } from './held.ts';
import { ManifestContents } from './manifest-contents.ts';
import { filterPlatforms } from './platform-filter.ts';
import { onSide } from './sides.ts';
import type {
  BlobTask,
  ManifestTask,
  PlanOptions,
  TransferItem,
  TransferPlan,
  TransferRequest,
} from './types.ts';

/** Blobs of one item looked for at a time. */
const LOOKS = 8;

/** What goes along with an image. */
interface Extra {
  manifests: readonly ManifestTask[];
  blobs: readonly BlobTask[];
  left: readonly Descriptor[];
}

const NOTHING: Extra = { manifests: [], blobs: [], left: [] };

/** Looks at both sides of each item; what several items need is looked for once. */
export class Planner {
  readonly #source: ContentSource;
  readonly #target: ContentTarget;
  readonly #options: PlanOptions;
  readonly #blobs: BlobTasks;
  readonly #contents: ManifestContents;

  constructor(source: ContentSource, target: ContentTarget, options: PlanOptions) {
    this.#source = source;
    this.#target = target;
    this.#options = options;
    this.#blobs = new BlobTasks(target, options.sameRegistry);
    this.#contents = new ManifestContents(source);
  }

  plan(items: readonly TransferItem[]): Omit<TransferPlan, 'looked'> {
    const blobs = [...new Set(items.flatMap((item) => item.blobs))];
    this.#blobs.shareOut(blobs);
    return { source: this.#source, target: this.#target, items, blobs, contents: this.#contents };
  }

  async item(request: TransferRequest, signal: AbortSignal): Promise<TransferItem> {
    try {
      return await this.#look(request, signal);
    } catch (error) {
      const { isHopeless } = this.#options;
      if (!(error instanceof RegistryError) || error.code === 'cancelled' || isHopeless?.(error)) throw error;
      return { ...nothingToDo(request), verdict: 'refused', error };
    }
  }

  async #look(request: TransferRequest, signal: AbortSignal): Promise<TransferItem> {
    const { source, target } = request;
    this.#target.expect(target.repository, target.tag);
    const { newOnly, attached, platforms, foreign } = this.#options;
    const [wanted, look] = await Promise.all([
      onSide('source', () => this.#digestOf(request, signal)),
      onSide('target', () => this.#target.look(target.repository, target.tag, signal)),
    ]);
    const { found: current, unseen } = look;
    // The promise to leave tags alone cannot be kept blindly.
    if (unseen && newOnly) throw unseen.on('target');
    const isProtected = this.#options.protects?.(target.repository, target.tag) === true;
    if (unseen && isProtected) throw keptAsItIs(request);
    const replaces = current && { replaces: current.digest };
    const same = current?.digest === wanted;
    // A sparse index may be there without the images that are chosen now.
    const sparse = platforms?.index === 'sparse';
    if (same && !attached && !foreign && !sparse)
      return { ...nothingToDo(request), verdict: 'same', root: current, sourceDigest: wanted, ...replaces };
    if (current && !same && newOnly)
      return { ...nothingToDo(request), verdict: 'kept', root: current, sourceDigest: wanted, ...replaces };

    const refusal = await onSide('target', async () => this.#target.refuses?.(target.repository, signal));
    if (refusal !== undefined) throw refusal.on('target');

    const original = await onSide('source', () => this.#read(source.repository, wanted, signal));
    checkCopyable(original);
    const filtered =
      platforms &&
      (await onSide('source', () =>
        filterPlatforms(original, platforms, {
          manifest: (digest) => this.#read(source.repository, digest, signal),
          config: (config) => this.#source.blob(source.repository, config, signal),
        }),
      ));
    const chosen = filtered?.root ?? original;
    for (const made of filtered?.made ?? []) this.#contents.addMade(made);
    const all = await onSide('source', () =>
      graph(this.#contents.before(this.#source), source.repository, chosen, {
        signal,
        children: filtered?.kept,
      }),
    );
    for (const manifest of all.manifests) checkCopyable(manifest);
    const { root, whole, becomes } = await this.#narrowed(source.repository, all, signal);
    if (current && current.digest !== becomes.digest) {
      if (isProtected) throw keptAsItIs(request);
      const keeps = this.#target.keeps?.(target.repository, target.tag, signal);
      if (await onSide('target', async () => keeps)) throw immutableAt(request);
    }
    const within = this.#options.sameRegistry && source.repository === target.repository;
    const layers = await this.#foreign(source.repository, within ? [] : whole.foreign, signal);
    if (layers.left.length > 0 && this.#target.becomes)
      throw new RegistryError('unsupported', '', {
        reason:
          'Layers of the image are kept elsewhere and do not go along: without them it cannot be loaded.',
        side: 'target',
      });
    const unchanged =
      current?.digest === becomes.digest &&
      (!sparse || (await holdsAll(this.#target, target.repository, whole.manifests, signal)));
    const own = unchanged
      ? { manifests: [], blobs: foreign ? await this.#lookFor(request, layers.taken, signal) : [] }
      : await this.#own(request, root, { ...whole, foreign: layers.taken }, signal);
    const extra = attached ? await this.#attached(request, whole, signal) : NOTHING;
    const nothing =
      unchanged && extra.manifests.length === 0 && own.blobs.every(({ state }) => state === 'present');
    return {
      request,
      verdict: nothing ? 'same' : current ? 'changed' : 'new',
      root: becomes,
      sourceDigest: wanted,
      ...replaces,
      ...(unseen && { unseen: unseen.on('target') }),
      // Signatures first: an admission controller for signed images must not see the tag before them.
      manifests: [...own.manifests.slice(0, -1), ...extra.manifests, ...own.manifests.slice(-1)],
      blobs: [...new Set([...own.blobs, ...extra.blobs])],
      leftOut: nothing ? [] : [...layers.left, ...extra.left],
      attached: extra.manifests.length,
    };
  }

  /** What the tag will name: the root itself where the target keeps it as it is. */
  async #narrowed(
    repository: string,
    whole: ManifestGraph,
    signal: AbortSignal,
  ): Promise<{ root: RawManifest; whole: ManifestGraph; becomes: ManifestHead }> {
    const instead = await onSide('target', async () => this.#target.becomes?.(whole));
    if (!instead) {
      const { root } = whole;
      const becomes = { digest: root.digest, mediaType: root.mediaType, size: root.bytes.byteLength };
      return { root, whole, becomes };
    }
    const { image, head } = instead;
    this.#contents.add(repository, image);
    return { root: image, whole: await graph(this.#source, repository, image, { signal }), becomes: head };
  }

  /**
   * The image itself: only its root is written where the target repository holds it, and so its parts, already. Of a sparse index
   * the parts are asked for.
   */
  async #own(
    request: TransferRequest,
    root: RawManifest,
    whole: ManifestGraph,
    signal: AbortSignal,
  ): Promise<{ manifests: ManifestTask[]; blobs: BlobTask[] }> {
    const { source, target } = request;
    const within = this.#options.sameRegistry && source.repository === target.repository;
    const parts = this.#options.platforms?.index === 'sparse' ? whole.manifests : [root];
    const held = within || (await holdsAll(this.#target, target.repository, parts, signal));
    const foreign = await this.#lookFor(request, whole.foreign, signal);
    const rootTask = taskOf(root, target.tag);
    if (held) {
      const blobs = whole.blobs.map((blob) =>
        this.#blobs.present(target.repository, source.repository, blob),
      );
      // Within a repository all is there but the indexes below a rewritten one that were rewritten too.
      const made = whole.manifests.filter(
        ({ digest }) => digest !== root.digest && this.#contents.isMade(digest),
      );
      const below = made.map((child) => taskOf(child, child.digest));
      return { manifests: [...below, rootTask], blobs: [...blobs, ...foreign] };
    }
    const children = whole.manifests.filter(({ digest }) => digest !== root.digest);
    for (const child of children) this.#contents.add(source.repository, child);
    const blobs = [...(await this.#lookFor(request, whole.blobs, signal)), ...foreign];
    return { manifests: [...children.map((child) => taskOf(child, child.digest)), rootTask], blobs };
  }

  /** What is attached to it and not at the target yet, and the foreign layers of that which stay away. */
  async #attached(request: TransferRequest, whole: ManifestGraph, signal: AbortSignal): Promise<Extra> {
    const { source, target } = request;
    const digests = whole.manifests.map(({ digest }) => digest);
    const found = await onSide('source', () =>
      findAttached(this.#source, source.repository, digests, signal),
    );
    if (found.length > 0 && this.#target.becomes)
      throw new RegistryError('unsupported', '', {
        reason: 'It has no place for what is attached to an image.',
        side: 'target',
      });
    const manifests: ManifestTask[] = [];
    const blobs: BlobTask[] = [];
    const left: Descriptor[] = [];
    const listed = new ListedReferrers(this.#target, target.repository, signal);
    for (const { manifest, tag, subject } of found) {
      const reference = tag ?? manifest.digest;
      const { found: there } = await onSide('target', () =>
        this.#target.look(target.repository, reference, signal),
      );
      if (there?.digest === manifest.digest && (await listed.has(subject, manifest.digest))) continue;
      checkCopyable(manifest);
      const parts = await onSide('source', () =>
        graph(this.#source, source.repository, manifest, { signal }),
      );
      for (const part of parts.manifests) this.#contents.add(source.repository, part);
      const foreign = await this.#foreign(source.repository, parts.foreign, signal);
      left.push(...foreign.left);
      blobs.push(...(await this.#lookFor(request, [...parts.blobs, ...foreign.taken], signal)));
      const children = parts.manifests.filter(({ digest }) => digest !== manifest.digest);
      manifests.push(...children.map((child) => taskOf(child, child.digest)));
      manifests.push({ ...taskOf(manifest, reference), ...(subject === undefined ? {} : { subject }) });
    }
    return { manifests, blobs, left };
  }

  #foreign(
    repository: string,
    layers: readonly Descriptor[],
    signal: AbortSignal,
  ): ReturnType<typeof sortForeign> {
    return sortForeign(this.#source, repository, layers, { all: this.#options.foreign, signal });
  }

  async #lookFor(
    { source: { repository: sourceRepository }, target: { repository } }: TransferRequest,
    blobs: readonly Descriptor[],
    signal: AbortSignal,
  ): Promise<BlobTask[]> {
    const tasks: BlobTask[] = [];
    await forEachLimit(
      blobs.entries(),
      LOOKS,
      async ([position, descriptor]) => {
        if (this.#options.isCopied?.(repository, descriptor.digest)) {
          tasks[position] = this.#blobs.present(repository, sourceRepository, descriptor);
          return;
        }
        if (this.#options.looksLater) {
          tasks[position] = this.#blobs.addUnchecked(repository, sourceRepository, descriptor);
          return;
        }
        // Under the signal of the whole plan: another item may wait for the same look.
        tasks[position] = await this.#blobs.look(
          repository,
          sourceRepository,
          descriptor,
          this.#options.signal,
        );
      },
      signal,
    );
    return tasks;
  }

  async #digestOf({ source }: TransferRequest, signal: AbortSignal): Promise<string> {
    if (isDigest(source.reference)) return source.reference;
    return (await headOfNamed(this.#source, source.repository, source.reference, signal)).digest;
  }

  async #read(repository: string, digest: string, signal: AbortSignal): Promise<RawManifest> {
    const raw = await this.#source.get(repository, digest, signal);
    this.#contents.add(repository, raw);
    return raw;
  }
}

function keptAsItIs({ target }: TransferRequest): RegistryError {
  const reason = `Protected: ${target.repository}:${target.tag}.`;
  return new RegistryError('protectedTag', '', { reason, side: 'target' });
}

function immutableAt({ target }: TransferRequest): RegistryError {
  const reason = `A rule of the registry makes ${target.repository}:${target.tag} immutable.`;
  return new RegistryError('immutable', '', { reason, side: 'target' });
}

function nothingToDo(request: TransferRequest): Omit<TransferItem, 'verdict'> {
  return { request, manifests: [], blobs: [], leftOut: [], attached: 0 };
}

function taskOf({ digest, mediaType }: RawManifest, reference: string): ManifestTask {
  return { digest, mediaType, reference };
}
