import type { PlaceHandle } from '../types.ts';

/** An image whose files are asked for. */
export interface ImageAt {
  readonly handle: PlaceHandle;
  readonly repository: string;
  /** Tag or digest of one image: no index. */
  readonly reference: string;
}
