import { z } from 'zod';
import { RegistryError } from '../../errors.ts';
import { isDigest } from '../../model/digest.ts';
import { readInstant } from '../../model/image.ts';
import { HELM_CONFIG, isImageConfigType, isIndexType } from '../../model/media-types.ts';
import { type Platform, readPlatform } from '../../model/platform.ts';
import { checkTag, isTag } from '../../model/reference.ts';
import type { ManifestSummary } from '../../model/summary.ts';
import type { ArtifactLister, ListedArtifact } from '../../product/abilities.ts';
import type { Search } from './search.ts';

const PAGE = 100;
const PAGES_MAX = 100_000;

const time = z.string().nullish().catch(undefined);
const text = z.string().nullish().catch(undefined);
const manifest = z.object({
  Digest: z.string().refine(isDigest),
  ArtifactType: text,
  Platform: z.object({ Os: text, Arch: text }).nullish().catch(undefined),
});
/** A tag. Bytes are text: they may be more than 32 bits hold. */
const image = z.object({
  Tag: z.string(),
  Digest: z.string().refine(isDigest),
  MediaType: z.string().min(1),
  Size: z.string().nullish().catch(undefined),
  LastUpdated: time,
  PushTimestamp: time,
  LastPullTimestamp: time,
  Manifests: z.array(manifest).nullish().catch(undefined),
  Referrers: z
    .array(z.object({ Digest: z.string().refine(isDigest), Size: z.number().int().nonnegative() }))
    .nullish()
    .catch(undefined),
});
type Image = z.infer<typeof image>;
const list = z.object({ ImageList: z.object({ Results: z.array(image).nullish() }) });
const one = z.object({ Image: image });

const FIELDS =
  'Tag Digest MediaType Size LastUpdated Manifests{Digest ArtifactType Platform{Os Arch}} Referrers{Digest Size}';
/** Of 2.1 and later. */
const WITH_PULLS = `${FIELDS} PushTimestamp LastPullTimestamp`;

/** The times that it says where there was none: of 2.1 the beginning of Unix' count, else that of Go's. */
const NEVER = /^(?:0001-01-01|1970-01-01T00:00:00Z$)/;

/** Tags with sizes, platforms, times and what is attached, a hundred in a query that counts as no pull. What has no tag is not among them. */
export const artifactLister = (search: Search): ArtifactLister => {
  let fields = WITH_PULLS;
  const ask = async <T>(
    query: (fields: string) => string,
    schema: z.ZodType<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> => {
    try {
      return await search.ask(query(fields), schema, signal);
    } catch (error) {
      const unknownField = error instanceof RegistryError && error.status === 422;
      if (!unknownField || fields === FIELDS) throw error;
      fields = FIELDS;
      return await search.ask(query(fields), schema, signal);
    }
  };
  return {
    tagsOnly: true,
    async *list(repository, { signal }) {
      for (let page = 0; page < PAGES_MAX; page++) {
        const place = `requestedPage:{limit:${PAGE},offset:${page * PAGE},sortBy:ALPHABETIC_ASC}`;
        const { ImageList } = await ask(
          (wanted) => `{ImageList(repo:${JSON.stringify(repository)},${place}){Results{${wanted}}}}`,
          list,
          signal,
        );
        const found = ImageList.Results ?? [];
        const artifacts = found.filter(({ Tag }) => isTag(Tag)).map(read);
        if (artifacts.length > 0) yield artifacts;
        if (found.length < PAGE) return;
      }
      throw new RegistryError('endlessList', '', { reason: 'The list goes on without end.' });
    },
    async find(repository, reference, signal) {
      if (isDigest(reference))
        throw new RegistryError('unsupported', '', {
          reason: 'zot’s search finds an image by its tag alone.',
        });
      const place = JSON.stringify(`${repository}:${checkTag(reference)}`);
      const { Image } = await ask((wanted) => `{Image(image:${place}){${wanted}}}`, one, signal);
      return read(Image);
    },
  };
};

function read(found: Image): ListedArtifact {
  const summary = summaryOf(found);
  const pushed = timeOf(found.PushTimestamp);
  const pulled = timeOf(found.LastPullTimestamp);
  return {
    digest: found.Digest,
    mediaType: found.MediaType,
    tags: [found.Tag],
    ...(summary && { summary, size: summary.size }),
    ...(pushed ? { pushed } : {}),
    ...(pulled === undefined ? {} : { pulled }),
    ...(found.Referrers?.length
      ? { attached: found.Referrers.map(({ Digest, Size }) => ({ digest: Digest, size: Size })) }
      : {}),
  };
}

/** Null where it says that there was none. */
function timeOf(value: string | null | undefined): string | null | undefined {
  return NEVER.test(value ?? '') ? null : readInstant(value ?? undefined);
}

/** Undefined where only the manifest itself can say what it is. */
function summaryOf({ MediaType, Size, LastUpdated, Manifests }: Image): ManifestSummary | undefined {
  const size = Number(Size ?? Number.NaN);
  if (!Number.isSafeInteger(size) || !Manifests?.length) return undefined;
  const created = timeOf(LastUpdated);
  const common = { size, ...(created ? { created } : {}) };
  const platforms = Manifests.map(platformOf).filter(
    (platform): platform is Platform => platform !== undefined,
  );
  if (isIndexType(MediaType))
    return { ...common, kind: 'index', platforms, attested: Manifests.some(isAttestation) };
  const type = Manifests[0]?.ArtifactType ?? '';
  if (type === '') return undefined;
  if (isImageConfigType(type)) return { ...common, kind: 'image', platforms, attested: false };
  const kind = type === HELM_CONFIG ? 'helmChart' : 'artifact';
  return { ...common, kind, platforms: [], attested: false, artifactType: type };
}

/** The variant follows the architecture: `arm/v7`. */
function platformOf({ Platform: found }: z.infer<typeof manifest>): Platform | undefined {
  const [architecture, variant] = (found?.Arch ?? '').split('/');
  return readPlatform({ os: found?.Os, architecture, variant });
}

/** BuildKit gives its attestations this for a platform. */
const isAttestation = ({ Platform: found }: z.infer<typeof manifest>): boolean =>
  found?.Os === 'unknown' && found.Arch === 'unknown';
