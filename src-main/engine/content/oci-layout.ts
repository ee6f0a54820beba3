import { MANIFEST_MAX } from '../endpoints/manifests.ts';
import { listedUnder, type Referrer } from '../endpoints/referrers.ts';
import type { OpenBlob } from '../endpoints/upload-source.ts';
import { RegistryError } from '../errors.ts';
import { referrersTag } from '../model/attached-tags.ts';
import { isDigest } from '../model/digest.ts';
import { parseJson } from '../model/json.ts';
import { isObject } from '../model/json-fields.ts';
import { isManifestEntry } from '../model/kind.ts';
import {
  type Descriptor,
  type ManifestHead,
  parseManifest,
  type RawManifest,
  sniffMediaType,
} from '../model/manifest.ts';
import { descriptorOf } from './descriptor-of.ts';
import { damaged, notContent } from './file-errors.ts';
import type { ContentFiles } from './files.ts';
import { blobName, INDEX_FILE, LAYOUT_FILE, LayoutIndex, onlyOf } from './layout-index.ts';
import type { BlobPart, ImageName, OpenedSource } from './source.ts';
import { checkBytes, readPart, readVerified, verifiedBlob } from './verified.ts';

/** Bytes of the file that says what a layout is. */
const MARK_MAX = 64 * 1024;
/** Manifests that are looked through for what they are attached to. */
const REFERRERS_MAX = 10_000;

/**
 * An OCI image layout, in a folder or an archive. An image goes by its tag (`org.opencontainers.image.ref.name`), or by
 * `repository:tag`; by digest all that it holds is found.
 *
 * @see OCI image-spec 1.1, "OCI Image Layout Specification"
 */
export class OciLayout implements OpenedSource {
  readonly #files: ContentFiles;
  readonly #index: LayoutIndex;
  /** By the subject's digest, read once. */
  #attached: Promise<ReadonlyMap<string, readonly Descriptor[]>> | undefined;

  private constructor(files: ContentFiles, index: LayoutIndex) {
    this.#files = files;
    this.#index = index;
  }

  /** @throws {RegistryError} `notContent` where it is no layout, `contentDamaged` where it cannot be read */
  static async open(files: ContentFiles, signal?: AbortSignal): Promise<OciLayout> {
    const mark = await files.read(LAYOUT_FILE, MARK_MAX, signal);
    const bytes = await files.read(INDEX_FILE, MANIFEST_MAX, signal);
    if (!mark || !bytes) throw notContent(files.where, 'it is no OCI image layout.');
    checkMark(mark, files.where);
    return new OciLayout(files, LayoutIndex.read(bytes, files.where));
  }

  get index(): LayoutIndex {
    return this.#index;
  }

  get names(): readonly ImageName[] {
    return this.#index.names;
  }

  onlyDigest(): string {
    return onlyOf(this.#index.entries, this.#files.where);
  }

  async head(repository: string, reference: string, signal?: AbortSignal): Promise<ManifestHead> {
    const entry = this.#entry(repository, reference);
    if (entry && !entry.sizeUnknown && entry.mediaType !== '') {
      const size = await this.#files.size(blobName(entry.digest));
      if (size === undefined) throw damaged(this.#files.where, `the manifest ${entry.digest} is missing.`);
      return { digest: entry.digest, mediaType: entry.mediaType, size };
    }
    const { digest, mediaType, bytes } = await this.get(repository, reference, signal);
    return { digest, mediaType, size: bytes.byteLength };
  }

  async get(repository: string, reference: string, signal?: AbortSignal): Promise<RawManifest> {
    const entry = this.#entry(repository, reference);
    const digest = entry?.digest ?? reference;
    const bytes = isDigest(digest)
      ? await this.#files.read(blobName(digest), MANIFEST_MAX, signal)
      : undefined;
    if (!bytes && entry) throw damaged(this.#files.where, `the manifest ${digest} is missing.`);
    if (!bytes)
      throw new RegistryError('notFound', '', {
        reason: `There is no ${reference} in ${this.#files.where}.`,
      });
    checkBytes(this.#files, digest, bytes);
    return { digest, mediaType: sniffMediaType(entry?.mediaType, bytes), bytes };
  }

  async blob(_repository: string, descriptor: Descriptor, signal?: AbortSignal): Promise<Uint8Array> {
    return await readVerified(this.#files, blobName(descriptor.digest), descriptor, signal);
  }

  async has(_repository: string, digest: string): Promise<boolean> {
    return await this.holds(blobName(digest));
  }

  async holds(file: string): Promise<boolean> {
    return (await this.#files.size(file)) !== undefined;
  }

  openBlob(_repository: string, descriptor: Pick<Descriptor, 'digest' | 'size'>): OpenBlob {
    return verifiedBlob(this.#files, blobName(descriptor.digest), descriptor);
  }

  blobPart(_repository: string, digest: string, part: BlobPart): Promise<Uint8Array | undefined> {
    return readPart(this.#files, blobName(digest), part);
  }

  async *tags(repository: string): AsyncGenerator<readonly string[], void, void> {
    yield this.names.filter((name) => name.repository === repository).map(({ tag }) => tag);
  }

  async referrers(repository: string, digest: string, signal?: AbortSignal): Promise<readonly Referrer[]> {
    this.#attached ??= this.#readAttached(signal);
    this.#attached.catch(() => {
      this.#attached = undefined;
    });
    const attached: readonly Referrer[] = (await this.#attached).get(digest) ?? [];
    const tag = referrersTag(digest);
    if (!this.#index.find({ repository, tag })) return attached;
    const list = parseManifest(await this.get(repository, tag, signal));
    const found = [...attached, ...(list.kind === 'index' ? listedUnder(tag, list.manifests) : [])];
    return [...new Map(found.map((entry) => [entry.digest, entry])).values()];
  }

  async close(): Promise<void> {
    await this.#files.close();
  }

  #entry(repository: string, reference: string): Descriptor | undefined {
    if (!isDigest(reference)) return this.#index.find({ repository, tag: reference });
    return this.#index.entries.find(({ digest }) => digest === reference);
  }

  /** What its index lists and is attached to something: a manifest without a name is listed for that. */
  async #readAttached(signal: AbortSignal | undefined): Promise<ReadonlyMap<string, readonly Descriptor[]>> {
    const found = new Map<string, Descriptor[]>();
    const entries = this.#index.entries.filter(isManifestEntry);
    if (entries.length > REFERRERS_MAX)
      throw new RegistryError('endlessList', '', {
        reason: `${this.#files.where} lists ${entries.length} manifests.`,
      });
    for (const { digest } of entries) {
      const raw = await this.get('', digest, signal);
      const manifest = parseManifest(raw);
      const subject = 'subject' in manifest ? manifest.subject?.digest : undefined;
      if (subject === undefined) continue;
      found.set(subject, [...(found.get(subject) ?? []), descriptorOf(raw)]);
    }
    return found;
  }
}

function checkMark(mark: Uint8Array, where: string): void {
  let version: unknown;
  try {
    const document = parseJson(mark);
    if (isObject(document)) version = document.imageLayoutVersion;
  } catch {
    // What is not JSON names no version.
  }
  if (typeof version === 'string' && version.startsWith('1.')) return;
  throw notContent(where, 'oci-layout names no version that is known.');
}
