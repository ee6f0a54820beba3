import type {
  FoundDigest,
  FoundLayerFiles,
  FoundManifests,
  FoundPackages,
  ImageBase,
  LookedFor,
  LookedInto,
  Looking,
  Sought,
  UnreadLayers,
} from '../../common/find.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';
import type { ImageAt } from './image-at.ts';

/** Where something is, over all registries that were scanned; only `base` and looking into images ask registries. */
export interface FindService {
  /** What is known by digests that begin so, with six digits at least. */
  digests(text: string, options?: CallOptions): Promise<FoundDigest[]>;
  /** Packages of images that were looked into, by a name and what is asked of its versions. */
  packages(
    search: { text: string; type?: string | undefined; offset: number; limit: number },
    options?: CallOptions,
  ): Promise<FoundPackages>;
  /** Files of layers that were read. @throws ServiceError `invalidInput` for a pattern that is none */
  files(text: string, options?: CallOptions): AsyncGenerator<FoundLayerFiles, void, void>;
  places(
    search: { of: Sought; offset: number; limit: number },
    options?: CallOptions,
  ): Promise<FoundManifests>;
  /** Into how many images somebody has looked: of one registry, as the inventory names it, or of all. */
  looked(registry?: string, options?: CallOptions): Promise<LookedInto>;
  /** Layers whose files nobody has read: of one registry, or of all. */
  unreadLayers(registry?: string, options?: CallOptions): Promise<UnreadLayers>;
  /** Looks into the images of an account, or of all, that nobody has looked into; goes on in the background. @throws ServiceError `busy` */
  look(what: LookedFor, accountId?: string): { id: string };
  /** The same for a registry of the command line. */
  lookAt(what: LookedFor, registry: RegistryHandle): { id: string };
  stop(): Promise<void>;
  /** What runs or ran last, then each change as a whole snapshot. */
  watch(options?: CallOptions): AsyncGenerator<Looking, void, void>;
  /** What an image was built on, as far as it says so or scans have seen it. @param index that it was chosen from */
  base(image: ImageAt, options?: CallOptions & { index?: string | undefined }): Promise<ImageBase>;
}
