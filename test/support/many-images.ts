import type { LocalRegistry } from '../../src-main/local-registry/index.ts';
import { makeImage, manifestOf, sha256 } from './images.ts';
import { push } from './push.ts';

/** So many images of the same layers, each with a digest and a tag of its own, put there in next to no time. */
export async function seedImages(
  registry: Pick<LocalRegistry, 'url' | 'storage'>,
  repository: string,
  count: number,
): Promise<{ tag: string; digest: string }[]> {
  const base = await makeImage({ layers: { base: 64 } });
  await push(base, registry, repository);
  const body = JSON.parse(base.bytes.toString()) as Record<string, unknown> & { mediaType: string };
  const images = Array.from({ length: count }, (_, number) => {
    const { mediaType, bytes } = manifestOf({ ...body, annotations: { number: String(number) } }, base.blobs);
    return { tag: `t${number}`, digest: sha256(bytes), mediaType, bytes };
  });
  await registry.storage.seed(
    images.map(({ tag, mediaType, bytes }) => ({ repository, mediaType, bytes, tags: [tag] })),
  );
  return images.map(({ tag, digest }) => ({ tag, digest }));
}
