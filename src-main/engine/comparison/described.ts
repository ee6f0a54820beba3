import type { ImageDescription } from '../reading/describe.ts';
import type { SideImage } from './image.ts';
import type { OfPlatform } from './platforms.ts';

/** What is compared of a manifest that was read: an image, or blobs alone. */
export function imageOf({ digest, content }: ImageDescription): SideImage {
  if (content.kind === 'image') {
    const { config, layers } = content;
    const named = config.diffIds.length === layers.length ? config.diffIds : [];
    return {
      digest,
      ...(config.platform.os === '' ? {} : { platform: config.platform }),
      config,
      ...(config.unreadable === undefined ? {} : { unreadable: config.unreadable }),
      layers: layers.map((layer, index) => {
        const diffId = named[index];
        return {
          ...{ index, digest: layer.digest, size: layer.size, mediaType: layer.mediaType },
          ...(diffId === undefined ? {} : { diffId }),
          ...(layer.createdBy === undefined ? {} : { createdBy: layer.createdBy }),
        };
      }),
    };
  }
  const blobs = 'blobs' in content ? content.blobs : [];
  return {
    digest,
    layers: blobs.map(({ size, mediaType, ...blob }, index) => ({
      index,
      digest: blob.digest,
      size,
      mediaType,
    })),
  };
}

/** The images that a manifest names; itself where it is none that names others. */
export function platformsOf({ digest, content, images }: ImageDescription): readonly OfPlatform[] {
  return content.kind === 'index' ? images : [{ digest, ...(images[0] ?? {}) }];
}
