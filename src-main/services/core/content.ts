import type { ContentPlace, EngineImage, ImageName, ReadyDownload } from '../../common/content.ts';
import type { DescribedImage } from '../../common/image.ts';
import type { TagAnswer } from '../../common/tag.ts';
import type { Descriptor } from '../../engine/index.ts';
import type { CallOptions, ContentHandle, OpenedDownload } from '../types.ts';

/** Images outside registries: OCI layouts, archives and the container engine of this machine. */
export interface ContentService {
  /** For transfers. Nothing is opened yet. */
  handle(place: ContentPlace): ContentHandle;
  /** @throws RegistryError `engineUnreachable` */
  engineImages(options?: CallOptions): Promise<EngineImage[]>;
  /**
   * Takes in an archive that a page sends. It is kept until an operation that reads it ends, or for an hour.
   *
   * @returns its path, for `recognise`, and its bytes
   */
  receive(chunks: AsyncIterable<Uint8Array>, options?: CallOptions): Promise<{ path: string; size: number }>;
  /**
   * A path in a folder of this process to which one archive can be saved for a browser. It is kept until it was downloaded, or for an
   * hour after the operation that wrote it.
   *
   * @throws RegistryError `fileFailed`
   */
  prepareDownload(name: string): Promise<string>;
  /** Archives that are whole and can be downloaded. */
  downloads(): Promise<ReadyDownload[]>;
  /** Undefined where there is none (any more). */
  openDownload(ticket: string): Promise<OpenedDownload | undefined>;
  /** What lies at a path. @throws RegistryError `notContent`, `contentDamaged`, `fileFailed` */
  recognise(path: string, options?: CallOptions): Promise<ContentPlace>;
  /** Names of all images in a place. */
  names(place: ContentPlace, options?: CallOptions): Promise<readonly ImageName[]>;
  /** The digest of its only image. @throws RegistryError `notFound` where there are none or several */
  onlyDigest(place: ContentPlace, options?: CallOptions): Promise<string>;
  describe(
    place: ContentPlace,
    repository: string,
    reference: string,
    options?: CallOptions,
  ): Promise<DescribedImage>;
  referrers(
    place: ContentPlace,
    repository: string,
    digest: string,
    options?: CallOptions,
  ): Promise<readonly Descriptor[]>;
  /** Each named image's answer, in order. Of an engine what its list says: the digest is the image's ID. */
  tagDetails(
    place: ContentPlace,
    options?: CallOptions,
  ): AsyncGenerator<{ name: ImageName; answer: TagAnswer }, void, void>;
}
