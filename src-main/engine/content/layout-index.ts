import { RegistryError } from '../errors.ts';
import { type Descriptor, parseManifest, type RawManifest } from '../model/manifest.ts';
import { OCI_INDEX } from '../model/media-types.ts';
import { damaged } from './file-errors.ts';
import { layoutName, readLayoutName } from './image-name.ts';
import type { ImageName } from './source.ts';

/** Where a layout keeps an image's name. @see OCI image-spec 1.1, "Pre-Defined Annotation Keys" */
const REF_NAME = 'org.opencontainers.image.ref.name';

export const LAYOUT_FILE = 'oci-layout';
export const INDEX_FILE = 'index.json';
/** What marks a folder as a layout. @see OCI image-spec 1.1, "oci-layout file" */
export const LAYOUT_MARK = Buffer.from('{"imageLayoutVersion":"1.0.0"}');

export const blobName = (digest: string): string => `blobs/${digest.replace(':', '/')}`;

/** A layout's index.json. Entries and fields of others stay as they are. */
export class LayoutIndex {
  #document: Readonly<Record<string, unknown>> = { schemaVersion: 2, mediaType: OCI_INDEX };
  /** As read, and beside it as it will be written. */
  #entries: readonly { read: Descriptor; written: unknown }[] = [];

  /** @throws {RegistryError} `contentDamaged` */
  static read(bytes: Uint8Array, where: string): LayoutIndex {
    const index = new LayoutIndex();
    try {
      const manifest = parseManifest({ digest: INDEX_FILE, mediaType: OCI_INDEX, bytes });
      const document: Record<string, unknown> = JSON.parse(new TextDecoder().decode(bytes));
      const written: unknown[] = Array.isArray(document.manifests) ? document.manifests : [];
      index.#document = document;
      if (manifest.kind === 'index')
        index.#entries = manifest.manifests.map((read, at) => ({ read, written: written[at] }));
    } catch (error) {
      throw damaged(where, `index.json: ${error instanceof Error ? error.message : ''}`, error);
    }
    return index;
  }

  get entries(): readonly Descriptor[] {
    return this.#entries.map(({ read }) => read);
  }

  get names(): readonly ImageName[] {
    // Sorted: they are written in the order in which they arrived.
    return [...new Set(this.entries.flatMap((entry) => nameOf(entry) ?? []))].sort().map(readLayoutName);
  }

  /** @throws {RegistryError} `contentDamaged` where several have that name: which is meant is unknown */
  find(name: ImageName): Descriptor | undefined {
    const text = layoutName(name);
    const found = this.entries.filter((entry) => nameOf(entry) === text);
    if (new Set(found.map(({ digest }) => digest)).size > 1)
      throw damaged(INDEX_FILE, `several images go by the name ${text}; choose one by its digest.`);
    return found[0];
  }

  /** Names an image; whatever had the name before has it no more. */
  name(name: ImageName, { digest, mediaType, bytes }: RawManifest): void {
    const text = layoutName(name);
    const entry = { mediaType, digest, size: bytes.byteLength, annotations: { [REF_NAME]: text } };
    const others = this.#entries.filter(({ read }) => nameOf(read) !== text);
    this.#entries = [...others, { read: entry, written: entry }];
  }

  /** Lists what has no name, once. */
  add(entry: Descriptor): void {
    if (this.#entries.some(({ read }) => read.digest === entry.digest)) return;
    this.#entries = [...this.#entries, { read: entry, written: entry }];
  }

  /** Forgets what is listed of others. */
  retain(digests: ReadonlySet<string>): void {
    this.#entries = this.#entries.filter(({ read }) => digests.has(read.digest));
  }

  bytes(): Buffer {
    const manifests = this.#entries.map(({ written }) => written);
    return Buffer.from(JSON.stringify({ ...this.#document, manifests }, null, 2));
  }
}

const nameOf = (entry: Descriptor): string | undefined => entry.annotations?.[REF_NAME];

/** @throws {RegistryError} `notFound`: there is none, or which is meant is not said */
export function onlyOf(entries: readonly Descriptor[], where: string): string {
  const digests = [...new Set(entries.map(({ digest }) => digest))];
  const [digest] = digests;
  if (digest !== undefined && digests.length === 1) return digest;
  const reason = `${where} holds ${digests.length} images: say which one is meant, by its tag or digest.`;
  throw new RegistryError('notFound', '', { reason });
}
