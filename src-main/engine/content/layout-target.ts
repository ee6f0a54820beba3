import { type Look, lookAt } from '../endpoints/look.ts';
import type { Referrer } from '../endpoints/referrers.ts';
import type { UploadOptions } from '../endpoints/upload.ts';
import type { OpenBlob } from '../endpoints/upload-source.ts';
import { RegistryError } from '../errors.ts';
import { isDigest } from '../model/digest.ts';
import { type Descriptor, type ManifestHead, parseManifest, type RawManifest } from '../model/manifest.ts';
import { blobsOf } from '../model/parts.ts';
import { checkRepository, checkTag } from '../model/reference.ts';
import { isVouchedFor } from '../model/vouch.ts';
import { descriptorOf } from './descriptor-of.ts';
import { blobName, LayoutIndex } from './layout-index.ts';
import type { OciLayout } from './oci-layout.ts';
import type { ContentTarget, PutManifestOptions } from './target.ts';

/** How the files of a layout are written. */
export interface LayoutWriter {
  /** Keeps other writers out. Safe to repeat. */
  begin(): Promise<void>;
  /** The layout as it is; undefined where there is none yet. */
  before(signal?: AbortSignal): Promise<OciLayout | undefined>;
  has(name: string): Promise<boolean>;
  put(name: string, chunks: AsyncIterable<Uint8Array>): Promise<void>;
  /** Called for each name that an image got, with the index as it is then. */
  named(index: LayoutIndex): Promise<void>;
  close(): Promise<void>;
}

/** An OCI image layout as the place that images are written into. */
export class LayoutTarget implements ContentTarget {
  readonly #writer: LayoutWriter;
  #index: Promise<LayoutIndex> | undefined;
  readonly #puts = new Map<string, Promise<'sent' | 'present'>>();

  constructor(writer: LayoutWriter) {
    this.#writer = writer;
  }

  expect(repository: string, tag: string): void {
    // The host of a name may have a port.
    if (repository !== '') checkRepository(repository.replace(/^[^/]*:\d+\//, ''));
    checkTag(tag);
  }

  async look(repository: string, reference: string, signal?: AbortSignal): Promise<Look<ManifestHead>> {
    const layout = await this.#writer.before(signal);
    return layout ? await lookAt(layout.head(repository, reference, signal)) : {};
  }

  async has(_repository: string, digest: string): Promise<boolean> {
    return await this.#writer.has(blobName(digest));
  }

  async referrers(repository: string, digest: string, signal?: AbortSignal): Promise<readonly Referrer[]> {
    const layout = await this.#writer.before(signal);
    return layout ? await layout.referrers(repository, digest, signal) : [];
  }

  async putBlob(
    _repository: string,
    { digest }: Descriptor,
    open: OpenBlob,
    { signal, onBytes }: UploadOptions,
  ): Promise<'sent' | 'present'> {
    const under = signal ?? new AbortController().signal;
    return await this.#once(digest, counted(open(0, under), onBytes));
  }

  async putManifest(
    repository: string,
    reference: string,
    manifest: RawManifest,
    { subject, signal }: PutManifestOptions,
  ): Promise<void> {
    const { digest, bytes } = manifest;
    if (!isVouchedFor(manifest))
      throw new RegistryError('digestMismatch', '', { reason: `What is to be written is not ${digest}.` });
    await this.#checkParts(manifest);
    await this.#once(digest, chunksOf(bytes));
    const named = !isDigest(reference);
    if (!named && subject === undefined) return;
    this.#index ??= this.#writer
      .before(signal)
      .then((layout) => (layout ? LayoutIndex.read(layout.index.bytes(), '') : new LayoutIndex()));
    const index = await this.#index;
    if (named) index.name({ repository, tag: reference }, manifest);
    else index.add(descriptorOf(manifest));
    await this.#writer.named(index);
  }

  async close(): Promise<void> {
    this.forget();
    await this.#writer.close();
  }

  /** What it knows of the place may be so no more. */
  protected forget(): void {
    this.#index = undefined;
    this.#puts.clear();
  }

  /** A blob that several images need at once is written once. */
  #once(digest: string, chunks: AsyncIterable<Uint8Array>): Promise<'sent' | 'present'> {
    let put = this.#puts.get(digest);
    if (!put) {
      put = this.#put(blobName(digest), chunks);
      this.#puts.set(digest, put);
      put.catch(() => this.#puts.delete(digest));
    }
    return put;
  }

  async #put(name: string, chunks: AsyncIterable<Uint8Array>): Promise<'sent' | 'present'> {
    await this.#writer.begin();
    if (await this.#writer.has(name)) return 'present';
    await this.#writer.put(name, chunks);
    return 'sent';
  }

  /** Nothing is named whose parts are not there. @throws {RegistryError} `refused` with `MANIFEST_BLOB_UNKNOWN` */
  async #checkParts(manifest: RawManifest): Promise<void> {
    for (const { digest } of blobsOf(parseManifest(manifest))) {
      if (await this.#writer.has(blobName(digest))) continue;
      throw new RegistryError('refused', '', {
        reason: `${digest} of ${manifest.digest} is missing.`,
        registryCodes: ['MANIFEST_BLOB_UNKNOWN'],
      });
    }
  }
}

/** Counts the bytes that were taken; what was counted is taken back where the rest does not come. */
export async function* counted(
  chunks: AsyncIterable<Buffer>,
  onBytes: UploadOptions['onBytes'],
): AsyncGenerator<Buffer, void, void> {
  let count = 0;
  let ended = false;
  try {
    for await (const chunk of chunks) {
      count += chunk.byteLength;
      onBytes?.(chunk.byteLength);
      yield chunk;
    }
    ended = true;
  } catch (error) {
    throw error instanceof RegistryError ? error.on('source') : error;
  } finally {
    if (!ended && count > 0) onBytes?.(-count);
  }
}

export async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, void> {
  yield bytes;
}
