import { z } from 'zod';
import { RegistryError } from '../errors.ts';
import type { RegistryClient } from '../http/client.ts';
import type { Reply } from '../http/reply.ts';
import { pullScope } from '../http/scope.ts';
import { referrersTag } from '../model/attached-tags.ts';
import { checkDigest } from '../model/digest.ts';
import { type Descriptor, parseManifest } from '../model/manifest.ts';
import { OCI_INDEX } from '../model/media-types.ts';
import { checkRepository } from '../model/reference.ts';
import { getManifest, MANIFEST_MAX } from './manifests.ts';
import { nextPage } from './next-page.ts';
import type { CallOptions } from './options.ts';

/** Referrers of one manifest that are read; an image has a handful. */
const REFERRERS_MAX = 10_000;
const PAGES_MAX = 1_000;

/** A manifest that is attached to another one, as a list of them says. */
export interface Referrer extends Descriptor {
  /** The tag of the list, where the registry keeps none by itself. */
  listedUnder?: string;
}

const referrersPage = z.object({ manifests: z.unknown() });

/**
 * What is attached to a manifest (signatures, SBOMs, attestations): by the referrers API, else by the fallback tag. The
 * manifest itself need not exist.
 *
 * @throws {RegistryError} `endlessList`
 * @see OCI distribution-spec 1.1, "Listing Referrers", "Referrers Tag Schema"
 */
export async function listReferrers(
  client: RegistryClient,
  repository: string,
  digest: string,
  { artifactType, signal }: CallOptions & { artifactType?: string } = {},
): Promise<readonly Referrer[]> {
  const found =
    (await referrersByApi(client, repository, digest, { artifactType, signal })) ??
    (await byTag(client, repository, digest, signal));
  const unique = new Map(found.map((entry) => [entry.digest, entry]));
  return [...unique.values()].filter(
    (entry) => artifactType === undefined || entry.artifactType === artifactType,
  );
}

/** What the referrers API lists, and no fallback tag; undefined where the registry has no such API. @throws {RegistryError} `endlessList` */
export async function referrersByApi(
  client: RegistryClient,
  repository: string,
  digest: string,
  { artifactType, signal }: CallOptions & { artifactType?: string | undefined } = {},
): Promise<Descriptor[] | undefined> {
  const filter = artifactType === undefined ? '' : `?artifactType=${encodeURIComponent(artifactType)}`;
  const first = new URL(
    `/v2/${checkRepository(repository)}/referrers/${checkDigest(digest)}${filter}`,
    client.url,
  );
  let url: URL | null = first;
  const found: Descriptor[] = [];
  const visited = new Set<string>();
  while (url) {
    visited.add(url.href);
    const reply: Reply = await client.request({
      method: 'GET',
      url,
      headers: { accept: OCI_INDEX },
      scopes: [pullScope(repository)],
      // Only the first page says whether there is such an API.
      expect: visited.size > 1 ? [200] : [200, 400, 404, 405, 501],
      follow: true,
      wholeUpTo: MANIFEST_MAX,
      signal,
    });
    if (reply.status !== 200) {
      await reply.dump();
      return undefined;
    }
    // Anything but an index is a server that answers every path (a web page, say).
    if (!(reply.header('content-type') ?? '').includes('json')) {
      await reply.dump();
      return undefined;
    }
    // Refuses errors sent with a good status; without a list there are none.
    const { manifests } = await reply.json(referrersPage, MANIFEST_MAX);
    if (manifests) {
      const bytes = await reply.bytes(MANIFEST_MAX);
      const index = parseManifest({ digest: '(referrers)', mediaType: OCI_INDEX, bytes });
      if (index.kind === 'index') found.push(...index.manifests);
    }
    url = nextPage(reply, first);
    if (url && (visited.has(url.href) || visited.size >= PAGES_MAX || found.length > REFERRERS_MAX))
      throw new RegistryError('endlessList', reply.request, {
        reason: 'The list of referrers goes on without end.',
      });
  }
  return found;
}

async function byTag(
  client: RegistryClient,
  repository: string,
  digest: string,
  signal: AbortSignal | undefined,
): Promise<readonly Referrer[]> {
  const tag = referrersTag(digest);
  try {
    const index = parseManifest(await getManifest(client, repository, tag, { signal }));
    return index.kind === 'index' ? listedUnder(tag, index.manifests) : [];
  } catch (error) {
    if (error instanceof RegistryError && error.code === 'notFound') return [];
    throw error;
  }
}

/** Entries of the list under a tag. */
export function listedUnder(tag: string, entries: readonly Descriptor[]): Referrer[] {
  return entries.map((entry) => ({ ...entry, listedUnder: tag }));
}
