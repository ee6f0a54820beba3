import { z } from 'zod';
import { RegistryError } from '../../errors.ts';
import type { RegistryClient } from '../../http/client.ts';
import { pullScope } from '../../http/scope.ts';
import { isDigest } from '../../model/digest.ts';
import { readInstant } from '../../model/image.ts';
import { checkTag, isRepository, isTag } from '../../model/reference.ts';
import type {
  ArtifactLister,
  ListedArtifact,
  RepositoryLister,
  TagDeleter,
} from '../../product/abilities.ts';
import type { ProductApi } from '../../product/product-api.ts';
import { nexusPages, REST } from './api.ts';
import { type NexusPlace, type NexusPlaces, namedBy, placeOrNone } from './places.ts';

const time = z.string().nullish().catch(undefined);
const asset = z.object({
  path: z.string(),
  contentType: z.string().min(1).nullish().catch(undefined),
  checksum: z.object({ sha256: z.string().optional() }).nullish().catch(undefined),
  lastModified: time,
  lastDownloaded: time.optional(),
  blobCreated: time,
});
/** An image by its tag. */
const component = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  version: z.string().nullish(),
  assets: z.array(asset),
});
type Component = z.infer<typeof component>;

/**
 * The images of the hosted and proxy repositories that this account may see, by the shortest name that leads to them here; a group
 * shows those of its members once more.
 *
 * @throws {RegistryError} `notFound` where none is reached: at a connector, say
 * @see help.sonatype.com, "Components API"
 */
export const repositoryLister = (
  client: RegistryClient,
  api: ProductApi,
  places: NexusPlaces,
): RepositoryLister => ({
  async *list(signal) {
    let [routed, found] = [false, false];
    for (const [repository, type] of await places.all(signal)) {
      if (type === 'group') continue;
      const seen = new Set<string>();
      let named: (typeof WAYS)[number] | undefined;
      const path = `/components?repository=${encodeURIComponent(repository)}`;
      for await (const page of nexusPages(api, path, component, signal)) {
        const fresh = [...new Set(page.map(({ name }) => name))].filter((name) => !seen.has(name));
        const [first] = fresh;
        if (first === undefined) continue;
        found = true;
        named ??= await wayTo(client, repository, first, signal);
        if (!named) break;
        routed = true;
        for (const name of fresh) seen.add(name);
        const way = named;
        yield fresh.map((image) => way(repository, image)).filter(isRepository);
      }
    }
    if (found && !routed)
      throw new RegistryError('notFound', '', {
        status: 404,
        reason: 'No Docker repository is reached here.',
      });
  },
});

const WAYS = [namedBy.path, namedBy.address] as const;

/** Path-based routing is a setting of each repository, which only its administrators may read; undefined where neither way leads there. */
async function wayTo(
  client: RegistryClient,
  repository: string,
  image: string,
  signal: AbortSignal | undefined,
): Promise<(typeof WAYS)[number] | undefined> {
  for (const way of WAYS) {
    const name = way(repository, image);
    if (isRepository(name) && (await isReached(client, name, signal))) return way;
  }
  return undefined;
}

async function isReached(
  client: RegistryClient,
  name: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const reply = await client.request({
    method: 'GET',
    url: `/v2/${name}/tags/list`,
    scopes: [pullScope(name)],
    expect: [200, 400, 403, 404],
    signal,
  });
  await reply.dump();
  return reply.status === 200;
}

/**
 * Tags with when each was pushed and downloaded last. What an image holds is in its manifest alone: it is read by digest, which is
 * no download of the tag.
 *
 * @see help.sonatype.com, "Search API"
 */
export const artifactLister = (api: ProductApi, places: NexusPlaces): ArtifactLister => ({
  tagsOnly: true,
  async *list(name, { signal }) {
    const place = await places.of(name, signal);
    for await (const page of nexusPages(api, searchPath(place), component, signal)) {
      const found = page.flatMap((one) => (one.name === place.image ? (read(one) ?? []) : []));
      if (found.length > 0) yield found;
    }
  },
  async find(name, reference, signal) {
    const found = isDigest(reference)
      ? undefined
      : await componentOf(api, await places.of(name, signal), reference, signal);
    const artifact = found && read(found);
    if (!artifact)
      throw new RegistryError('notFound', '', { status: 404, reason: `There is no component ${reference}.` });
    return artifact;
  },
});

/**
 * The tag's component goes, and those of other tags stay; layers go by the tasks. A group has none of its own: what it shows is
 * deleted in the member that has it.
 *
 * @see help.sonatype.com, "Components API", "Repository Types"
 */
export const tagDeleter = (api: ProductApi, places: NexusPlaces): TagDeleter => ({
  async covers(name, signal) {
    const place = await placeOrNone(places, name, signal);
    if (place?.type === 'group')
      throw new RegistryError('unsupported', '', {
        reason: `${place.repository} is a group: it shows what is in its members, and deletes nothing. Delete the tag in the hosted repository that has it.`,
      });
    return place?.type === 'hosted';
  },
  async delete({ repository, tag }, signal) {
    const found = await componentOf(api, await places.of(repository, signal), tag, signal);
    if (!found)
      throw new RegistryError('notFound', '', { status: 404, reason: `There is no component ${tag}.` });
    const reply = await api.request({
      method: 'DELETE',
      url: `${REST}/components/${encodeURIComponent(found.id)}`,
      expect: [204],
      signal,
    });
    await reply.dump();
  },
});

async function componentOf(
  api: ProductApi,
  place: NexusPlace,
  tag: string,
  signal: AbortSignal | undefined,
): Promise<Component | undefined> {
  const path = `${searchPath(place)}&version=${encodeURIComponent(checkTag(tag))}`;
  for await (const page of nexusPages(api, path, component, signal)) {
    // A search may find more than what is named exactly so.
    const found = page.find(({ name, version }) => name === place.image && version === tag);
    if (found) return found;
  }
  return undefined;
}

const searchPath = ({ repository, image }: NexusPlace): string =>
  `/search?format=docker&repository=${encodeURIComponent(repository)}&name=${encodeURIComponent(image)}`;

/** Undefined for what is no tag. @throws {RegistryError} `invalidResponse` for one without the digest of its manifest: left out, it would look as if it were gone */
function read({ version, assets }: Component): ListedArtifact | undefined {
  if (!version || !isTag(version)) return undefined;
  const manifest = assets.find(({ path }) => path.endsWith(`/manifests/${version}`)) ?? assets[0];
  const digest = `sha256:${manifest?.checksum?.sha256 ?? ''}`;
  if (!manifest?.contentType || !isDigest(digest))
    throw new RegistryError('invalidResponse', '', { reason: `The component ${version} names no manifest.` });
  const pushed = readInstant(manifest.blobCreated ?? manifest.lastModified ?? undefined);
  const { lastDownloaded } = manifest;
  const pulled = lastDownloaded === null ? null : readInstant(lastDownloaded);
  return {
    digest,
    mediaType: manifest.contentType,
    tags: [version],
    ...(pushed === undefined ? {} : { pushed }),
    ...(pulled === undefined ? {} : { pulled }),
  };
}
