import type { BlobPart } from '../content/source.ts';
import type { OpenBlob } from '../endpoints/upload-source.ts';

/** A layer as its place gives it. */
export interface LayerBlob {
  readonly open: OpenBlob;
  /** Undefined where the place gives no parts of blobs. */
  part(part: BlobPart): Promise<Uint8Array | undefined>;
}
