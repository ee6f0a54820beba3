import { blobSource, getBlobPart, headBlob } from '../endpoints/blobs.ts';
import { type Look, lookAt } from '../endpoints/look.ts';
import { putManifest } from '../endpoints/put-manifest.ts';
import { listReferrers, type Referrer } from '../endpoints/referrers.ts';
import { listTags } from '../endpoints/tags.ts';
import type { UploadOptions } from '../endpoints/upload.ts';
import type { OpenBlob } from '../endpoints/upload-source.ts';
import { uploadBlob } from '../endpoints/uploads.ts';
import type { RegistryError } from '../errors.ts';
import type { RegistryClient } from '../http/client.ts';
import { isDigest } from '../model/digest.ts';
import type { Descriptor, ManifestHead, RawManifest } from '../model/manifest.ts';
import { checkRepository, checkTag } from '../model/reference.ts';
import type { ManifestReader } from '../reading/reader.ts';
import { FallbackReferrers } from './fallback-referrers.ts';
import type { BlobPart, ContentSource } from './source.ts';
import type { BeforeTag, ContentTarget, KeepsTag, PutManifestOptions, RefusesWrites } from './target.ts';

/** A registry as the place that images are read from and written into. */
export class RegistryContent implements ContentSource, ContentTarget {
  readonly #client: RegistryClient;
  readonly #reader: ManifestReader;
  readonly #beforeTag: BeforeTag | undefined;
  readonly #keeps: KeepsTag | undefined;
  readonly #refuses: RefusesWrites | undefined;
  readonly #fallback: FallbackReferrers;

  /** @param reader asks the registry itself, or a cache in front of it */
  constructor(
    client: RegistryClient,
    reader: ManifestReader,
    {
      beforeTag,
      keeps,
      refuses,
    }: { beforeTag?: BeforeTag | undefined; keeps?: KeepsTag; refuses?: RefusesWrites } = {},
  ) {
    this.#client = client;
    this.#reader = reader;
    this.#beforeTag = beforeTag;
    this.#keeps = keeps;
    this.#refuses = refuses;
    this.#fallback = new FallbackReferrers(client, beforeTag);
  }

  head(repository: string, reference: string, signal?: AbortSignal): Promise<ManifestHead> {
    return this.#reader.head(repository, reference, signal);
  }

  get(repository: string, digestOrTag: string, signal?: AbortSignal): Promise<RawManifest> {
    return this.#reader.get(repository, digestOrTag, signal);
  }

  blob(repository: string, descriptor: Descriptor, signal?: AbortSignal): Promise<Uint8Array> {
    return this.#reader.blob(repository, descriptor, signal);
  }

  openBlob(repository: string, descriptor: Pick<Descriptor, 'digest' | 'size'>): OpenBlob {
    return blobSource(this.#client, repository, descriptor);
  }

  blobPart(repository: string, digest: string, part: BlobPart): Promise<Uint8Array | undefined> {
    return getBlobPart(this.#client, repository, digest, part);
  }

  tags(repository: string, signal?: AbortSignal): AsyncIterable<readonly string[]> {
    return listTags(this.#client, repository, { signal });
  }

  expect(repository: string, tag: string): void {
    checkRepository(repository);
    checkTag(tag);
    this.#client.expectWrites(repository);
  }

  look(repository: string, reference: string, signal?: AbortSignal): Promise<Look<ManifestHead>> {
    return lookAt(this.#reader.head(repository, reference, signal));
  }

  async keeps(repository: string, tag: string, signal: AbortSignal): Promise<boolean> {
    return (await this.#keeps?.(repository, tag, signal)) ?? false;
  }

  async refuses(repository: string, signal: AbortSignal): Promise<RegistryError | undefined> {
    return await this.#refuses?.(repository, signal);
  }

  async has(repository: string, digest: string, signal?: AbortSignal): Promise<boolean> {
    const { found } = await lookAt(headBlob(this.#client, repository, digest, { signal }));
    return found !== undefined;
  }

  referrers(repository: string, digest: string, signal?: AbortSignal): Promise<readonly Referrer[]> {
    return listReferrers(this.#client, repository, digest, { signal });
  }

  putBlob(
    repository: string,
    descriptor: Descriptor,
    open: OpenBlob,
    options: UploadOptions,
  ): Promise<'mounted' | 'sent' | 'present'> {
    return uploadBlob(this.#client, repository, descriptor, open, options);
  }

  async putManifest(
    repository: string,
    reference: string,
    manifest: RawManifest,
    { subject, signal }: PutManifestOptions,
  ): Promise<void> {
    if (!isDigest(reference)) await this.#beforeTag?.(repository, reference, manifest.digest, signal);
    const reply = await putManifest(this.#client, repository, reference, manifest, { signal });
    if (subject === undefined || reply.subject === subject) return;
    await this.#fallback.note(repository, subject, manifest, signal);
  }
}
