import { z } from 'zod';
import { isDigest } from '../../model/digest.ts';
import { readInstant } from '../../model/image.ts';
import { HELM_CONFIG, isImageConfigType, isIndexType, isManifestType } from '../../model/media-types.ts';
import { hasPlaceholderNotes } from '../../model/placeholder.ts';
import { type Platform, readPlatform } from '../../model/platform.ts';
import { checkTag, isRepository, isTag } from '../../model/reference.ts';
import type { ManifestSummary } from '../../model/summary.ts';
import type { ArtifactLister, ListedArtifact } from '../../product/abilities.ts';
import type { ProductApi } from '../../product/product-api.ts';
import { apiPages, projectPath, repositoryPath } from './api.ts';
import { steadyPages } from './steady-pages.ts';

const annotations = z.record(z.string(), z.string()).nullish().catch(undefined);
const reference = z.object({
  child_digest: z.string().refine(isDigest).optional().catch(undefined),
  platform: z.unknown(),
  annotations,
});
const accessory = z.object({ digest: z.string().refine(isDigest), size: z.number().int().nonnegative() });
const artifact = z.object({
  digest: z.string().refine(isDigest),
  manifest_media_type: z.string().min(1),
  /** Of its config. */
  media_type: z.string().catch(''),
  artifact_type: z.string().nullish().catch(undefined),
  size: z.number().int().nonnegative().optional().catch(undefined),
  annotations,
  push_time: z.string().optional().catch(undefined),
  pull_time: z.string().optional().catch(undefined),
  extra_attrs: z
    .looseObject({ created: z.string().catch('') })
    .nullish()
    .catch(undefined),
  references: z.array(reference).nullish().catch(undefined),
  accessories: z.array(accessory).nullish().catch(undefined),
  tags: z.array(z.object({ name: z.string(), immutable: z.boolean().catch(false) })).nullish(),
});
const artifacts = z.array(artifact);
type Artifact = z.infer<typeof artifact>;
/** Of 2.12 and later. */
const inProject = z.array(artifact.extend({ repository_name: z.string().refine(isRepository) }));

/** Bytes of one artifact's reply: an index of hundreds of platforms has some hundred KiB. */
const ARTIFACT_BYTES_MAX = 4 * 1024 * 1024;

/** What is said of each beside what it is. */
const WITH = 'with_tag=true&with_immutable_status=true';

/** How the time begins that it says where there was none. */
const NEVER = '0001-01-01';

const CREATED = 'org.opencontainers.image.created';
const ATTESTATION = { 'vnd.docker.reference.type': 'attestation-manifest' };

/** A hundred in a page. @see Harbor API v2.0, `/projects/{p}/repositories/{r}/artifacts` */
export const artifactLister = (api: ProductApi): ArtifactLister => ({
  async *list(repository, { attached = false, signal }) {
    const path = `${repositoryPath(repository)}/artifacts?${WITH}&with_accessory=${attached}`;
    for await (const page of apiPages(api, path, artifacts, signal)) yield page.map(read);
  },
  async *below(project, { attached = false, signal }) {
    const query = `${WITH}&with_accessory=${attached}&sort=repository_name,id`;
    const path = `${projectPath(project)}/artifacts?${query}`;
    for await (const page of steadyPages(api, path, inProject, signal))
      yield page.map((one) => ({ repository: one.repository_name, artifact: read(one) }));
  },
  async find(repository, reference, signal) {
    const name = isDigest(reference) ? reference : checkTag(reference);
    const url = `${repositoryPath(repository)}/artifacts/${name}?${WITH}&with_accessory=true`;
    return read(await api.json({ method: 'GET', url, signal }, artifact, { maxBytes: ARTIFACT_BYTES_MAX }));
  },
});

function read(one: Artifact): ListedArtifact {
  const summary = summaryOf(one);
  const children = childrenOf(one);
  const tags = (one.tags ?? []).filter(({ name }) => isTag(name));
  const immutable = tags.flatMap((tag) => (tag.immutable ? [tag.name] : []));
  const pushed = readInstant(one.push_time);
  const pulled = one.pull_time?.startsWith(NEVER) ? null : readInstant(one.pull_time);
  return {
    digest: one.digest,
    mediaType: one.manifest_media_type,
    tags: tags.map(({ name }) => name),
    ...(immutable.length > 0 ? { immutable } : {}),
    ...(summary ? { summary } : {}),
    ...(one.size === undefined ? {} : { size: one.size }),
    ...(pushed === undefined ? {} : { pushed }),
    ...(pulled === undefined ? {} : { pulled }),
    ...(children ? { children } : {}),
    ...(one.accessories?.length ? { attached: one.accessories } : {}),
  };
}

/** The digests in the list, which says of what has a platform alone that nothing is below it. */
function childrenOf({ manifest_media_type: mediaType, references, annotations: notes }: Artifact) {
  // Only its bytes prove what a placeholder replaced.
  if (isManifestType(mediaType)) return hasPlaceholderNotes(notes) ? undefined : [];
  if (!isIndexType(mediaType) || !references?.length) return undefined;
  const digests = references.flatMap(({ child_digest: digest, platform }) =>
    digest !== undefined && readPlatform(platform) ? [digest] : [],
  );
  return digests.length === references.length ? digests : undefined;
}

/** Undefined where only the manifest itself can say what it is. */
function summaryOf(one: Artifact): ManifestSummary | undefined {
  const { size, references, artifact_type: artifactType, media_type: config } = one;
  if (size === undefined) return undefined;
  const created = readInstant(one.annotations?.[CREATED]) ?? readInstant(one.extra_attrs?.created);
  const common = { size, ...(created === undefined ? {} : { created }) };
  if (isIndexType(one.manifest_media_type)) {
    if (!references?.length) return undefined;
    const isAttestation = ({ annotations: notes }: z.infer<typeof reference>): boolean =>
      Object.entries(ATTESTATION).every(([key, value]) => notes?.[key] === value);
    const platforms = references
      .filter((entry) => !isAttestation(entry))
      .map(({ platform }) => readPlatform(platform))
      .filter((platform): platform is Platform => platform !== undefined);
    return {
      ...common,
      kind: 'index',
      platforms,
      attested: references.some(isAttestation),
      ...(artifactType ? { artifactType } : {}),
    };
  }
  if (config === '') return undefined;
  const platform = readPlatform(one.extra_attrs);
  if (isImageConfigType(config) && (!artifactType || artifactType === config))
    return { ...common, kind: 'image', platforms: platform ? [platform] : [], attested: false };
  return {
    ...common,
    kind: config === HELM_CONFIG ? 'helmChart' : 'artifact',
    platforms: [],
    attested: false,
    artifactType: artifactType || config,
  };
}
