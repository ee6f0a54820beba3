import { z } from 'zod';
import { getManifest, headManifest } from '../../endpoints/manifests.ts';
import { RegistryError } from '../../errors.ts';
import { forEachLimit } from '../../for-each-limit.ts';
import type { RegistryClient } from '../../http/client.ts';
import { isDigest } from '../../model/digest.ts';
import { factsOf } from '../../model/facts.ts';
import { readInstant } from '../../model/image.ts';
import { isIndexType } from '../../model/media-types.ts';
import { isTag } from '../../model/reference.ts';
import type { ArtifactLister, ListedArtifact } from '../../product/abilities.ts';
import type { ProductApi } from '../../product/product-api.ts';
import { giteaPages } from './api.ts';

/** Manifests asked for at once. */
const AT_ONCE = 8;

/** A package in one version: an image by a tag, or by its digest where it has none. */
const version = z.object({
  name: z.string(),
  version: z.string(),
  created_at: z.string().nullish().catch(undefined),
});
type Version = z.infer<typeof version>;

interface Looked extends ListedArtifact {
  readonly subject?: string;
}

/**
 * The versions of an image with when each was pushed, those without a tag among them. The API names no digests: each is asked for by
 * the registry's protocol, as it would be without.
 *
 * @see docs.gitea.com, "API", `GET /packages/{owner}`; the list of one package's versions is of 1.25 and later, and not Forgejo's
 */
export const artifactLister = (client: RegistryClient, api: ProductApi): ArtifactLister => ({
  async *list(repository, { signal }) {
    const [, owner = '', name = ''] = /^([^/]+)\/(.+)$/.exec(repository) ?? [];
    const query = new URLSearchParams({ type: 'container', q: name });
    const path = `/packages/${encodeURIComponent(owner)}?${query}`;
    const found: Looked[] = [];
    for await (const page of giteaPages(api, path, version, signal)) {
      // What is searched for may be a part of other names.
      const own = page.filter((one) => one.name === name);
      const looking = async (one: Version, either: AbortSignal): Promise<void> => {
        const looked = await look(client, repository, one, either);
        if (looked) found.push(looked);
      };
      await forEachLimit(own, AT_ONCE, looking, signal);
    }
    const below = new Set(found.flatMap(({ children = [] }) => children));
    const listed = found.filter(
      ({ tags, digest, subject }) => tags.length > 0 || !(below.has(digest) || subject),
    );
    if (listed.length > 0) yield listed.map(({ subject: _, ...artifact }) => artifact);
  },
  find: () =>
    Promise.reject(
      new RegistryError('unsupported', '', { reason: 'Gitea’s API names no digest of an image.' }),
    ),
});

/** Undefined for one that has gone since it was listed. */
async function look(
  client: RegistryClient,
  repository: string,
  { version: name, created_at }: Version,
  signal: AbortSignal | undefined,
): Promise<Looked | undefined> {
  const untagged = isDigest(name);
  if (!untagged && !isTag(name)) return undefined;
  try {
    const { digest, mediaType } = await headManifest(client, repository, name, { signal });
    const pushed = readInstant(created_at ?? undefined);
    const seen = { digest, mediaType, tags: untagged ? [] : [name], ...(pushed && { pushed }) };
    if (!untagged && !isIndexType(mediaType)) return seen;
    const facts = factsOf(await getManifest(client, repository, digest, { signal }));
    return {
      ...seen,
      ...(facts.unreadable === undefined && { children: facts.children.map((child) => child.digest) }),
      ...(facts.subject !== undefined && { subject: facts.subject }),
    };
  } catch (error) {
    if (error instanceof RegistryError && error.code === 'notFound') return undefined;
    throw error;
  }
}
