import { z } from 'zod';
import { RegistryError } from '../../errors.ts';
import { isDigest } from '../../model/digest.ts';
import { readInstant } from '../../model/image.ts';
import { isIndexType } from '../../model/media-types.ts';
import { type Platform, readPlatform } from '../../model/platform.ts';
import { checkTag, isTag } from '../../model/reference.ts';
import type { ManifestSummary } from '../../model/summary.ts';
import type { ArtifactLister, ListedArtifact } from '../../product/abilities.ts';
import type { ProductApi } from '../../product/product-api.ts';
import type { ManifestKind } from '../../vocabulary/manifests.ts';
import { hubPages, repositoryPath } from './api.ts';
import { immutableTags } from './settings.ts';

const time = z.string().nullish().catch(undefined);
const image = z.object({
  digest: z.string().refine(isDigest).nullish().catch(undefined),
  architecture: z.string().nullish().catch(undefined),
  os: z.string().nullish().catch(undefined),
  variant: z.string().nullish().catch(undefined),
  size: z.number().int().nonnegative().nullish().catch(undefined),
  last_pulled: time,
});
/**
 * Digest and media type are in its replies and not in its reference. Where a tag has none (of the first years), the whole list is
 * none, and the registry is asked: to leave it out would look as if it were not there.
 */
const tag = z.object({
  name: z.string().min(1),
  digest: z.string().refine(isDigest),
  media_type: z.string().min(1),
  content_type: z.string().nullish().catch(undefined),
  full_size: z.number().int().nonnegative().nullish().catch(undefined),
  images: z.array(image).nullish().catch(undefined),
  tag_last_pushed: time,
  tag_last_pulled: time,
});
type Tag = z.infer<typeof tag>;

const TAG_BYTES_MAX = 1024 * 1024;

const KINDS: Readonly<Record<string, ManifestKind>> = { image: 'image', helm: 'helmChart' };

/** A tag each, those of one manifest one after the other. @see Docker Hub API reference, "List repository tags" */
export const artifactLister = (api: ProductApi): ArtifactLister => ({
  tagsOnly: true,
  async *list(repository, { signal }) {
    const isKept = await immutableTags(api, repository, signal);
    for await (const page of hubPages(api, `${repositoryPath(repository)}/tags`, tag, signal))
      yield page.flatMap((one) => (isTag(one.name) ? [read(one, isKept(one.name))] : []));
  },
  async find(repository, reference, signal) {
    if (isDigest(reference))
      throw new RegistryError('unsupported', '', { reason: 'Docker Hub finds an image by its tag alone.' });
    const url = `${repositoryPath(repository)}/tags/${checkTag(reference)}`;
    const isKept = await immutableTags(api, repository, signal);
    const one = await api.json({ method: 'GET', url, signal }, tag, { maxBytes: TAG_BYTES_MAX });
    return read(one, isKept(one.name));
  },
});

function read(one: Tag, isKept: boolean): ListedArtifact {
  const images = one.images ?? [];
  const sizes = images.flatMap(({ size }) => (typeof size === 'number' ? [size] : []));
  const isIndex = isIndexType(one.media_type);
  // `full_size` of an index is that of one of its platforms.
  const sum = sizes.reduce((bytes, size) => bytes + size, 0);
  const size = isIndex
    ? sizes.length > 0 && sizes.length === images.length
      ? sum
      : undefined
    : one.full_size;
  const digests = images.flatMap(({ digest }) => digest ?? []);
  const children = isIndex
    ? digests.length === images.length && digests.length > 0
      ? digests
      : undefined
    : [];
  const pushed = readInstant(one.tag_last_pushed ?? undefined);
  const pulled = lastPull(one);
  return {
    digest: one.digest,
    mediaType: one.media_type,
    tags: [one.name],
    ...(isKept ? { immutable: [one.name] } : {}),
    ...(typeof size === 'number' ? { size, summary: summaryOf(one, size) } : {}),
    ...(pushed === undefined ? {} : { pushed }),
    ...(pulled === undefined ? {} : { pulled }),
    ...(children ? { children } : {}),
  };
}

/** The latest by this tag, or of one of its images by whatever reference; null where there is none. */
function lastPull({ tag_last_pulled: byTag, images }: Tag): string | null | undefined {
  const said = [byTag, ...(images ?? []).map(({ last_pulled: pulled }) => pulled)];
  const times = said.flatMap((text) => readInstant(text ?? undefined) ?? []);
  const latest = times.sort((a, b) => Date.parse(b) - Date.parse(a))[0];
  return latest ?? (byTag === null ? null : undefined);
}

function summaryOf(one: Tag, size: number): ManifestSummary {
  const images = one.images ?? [];
  const platforms = images
    .map(({ os, architecture, variant }) => readPlatform({ os, architecture, variant }))
    .filter((platform): platform is Platform => platform !== undefined);
  return {
    size,
    kind: isIndexType(one.media_type) ? 'index' : (KINDS[one.content_type ?? ''] ?? 'artifact'),
    platforms,
    // As BuildKit writes them: an entry for no platform.
    attested: images.some(({ os, architecture }) => os === 'unknown' && architecture === 'unknown'),
  };
}
