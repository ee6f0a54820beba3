import type { ComparedSide } from '../../common/comparison.ts';
import { keepsDigests, referenceAt } from '../../common/place.ts';
import { type ContentSource, type Descriptor, describe, type LayerBlob } from '../../engine/index.ts';
import type { ImageAt } from '../core/image-at.ts';
import { urgentSourceOf } from '../place-handle.ts';

type Described = Awaited<ReturnType<typeof describe>>;

/** One side of a comparison, with what opens its images. */
export interface Side {
  readonly at: ImageAt;
  readonly source: ContentSource;
  readonly root: Described;
  /** A child of it, or itself. */
  image(digest: string): Promise<Described>;
}

export async function openSide(at: ImageAt, signal: AbortSignal | undefined): Promise<Side> {
  const { handle, repository, reference } = at;
  const source = await urgentSourceOf(handle, signal);
  const root = await describe(source, repository, reference, { signal });
  const image = async (digest: string) =>
    digest === root.digest ? root : await describe(source, repository, digest, { signal });
  return { at, source, root, image };
}

/** The image of a side by its manifest, which cannot move; as it is named where its place keeps no manifests. */
export function pinnedImage(image: ImageAt, digest: string): ImageAt {
  return keepsDigests(image.handle.place) ? { ...image, reference: digest } : image;
}

/** A layer of it that is read from its beginning: no part of it is asked for alone. */
export function wholeBlob(
  { at, source }: Side,
  layer: Pick<Descriptor, 'digest' | 'size' | 'mediaType'>,
): LayerBlob {
  return { open: source.openBlob(at.repository, layer), part: async () => undefined };
}

export function sideOf({ at, root }: Side): ComparedSide {
  const { digest, mediaType, size, created, content } = root;
  return {
    reference: referenceAt(at.handle.place, at.repository, at.reference),
    digest,
    mediaType,
    kind: content.kind,
    size,
    ...(created === undefined ? {} : { created }),
  };
}
