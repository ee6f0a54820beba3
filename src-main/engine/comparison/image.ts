import type { ImageConfig } from '../model/image.ts';
import type { Platform } from '../model/platform.ts';

/** A layer as it is compared. */
export interface SideLayer {
  /** From the base on, which is 0. */
  index: number;
  digest: string;
  /** Bytes of the blob. */
  size: number;
  mediaType: string;
  /** Digest without the compression; absent where the configuration does not name it. */
  diffId?: string;
  createdBy?: string;
}

/** One image of a comparison; what has no configuration (an artifact) has blobs only. */
export interface SideImage {
  digest: string;
  platform?: Platform;
  layers: readonly SideLayer[];
  config?: ImageConfig & { digest: string; size: number };
  /** Why nothing of the configuration could be read. */
  unreadable?: string;
}
