import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { failure } from '../common/failure.ts';
import { accountId } from '../common/ids.ts';
import { digest, repositoryName, repositoryPlace, tagName } from '../common/place.ts';
import { byteCount, instant } from '../common/units.ts';
import { ABILITIES, MANIFEST_KINDS } from '../engine/vocabulary.ts';
import { registrySystem } from './accounts.ts';
import { platform, procedure } from './base.ts';

/** What a registry lets us do; `unknown` where it can only be found out by doing it. */
const ability = z.enum(ABILITIES);

const registryOverview = z.object({
  accountId,
  system: registrySystem,
  /** Product version, where it tells. */
  version: z.string().optional(),
  /** Milliseconds of one signed-in `GET /v2/`. */
  latency: z.number().nonnegative(),
  signedIn: z.enum(['anonymous', 'basic', 'token', 'clientCertificate']),
  username: z.string().optional(),
  abilities: z.object({
    list: ability,
    delete: ability,
    deleteTag: ability,
    referrers: ability,
  }),
  /** Pulls left in the window, where the registry says so (Docker Hub). */
  rateLimit: z.object({ limit: z.number(), remaining: z.number(), windowSeconds: z.number() }).optional(),
  warnings: z.array(
    z.enum([
      'plainHttp',
      'unverified',
      'catalogForbidden',
      'catalogMissing',
      'deleteDisabled',
      'deleteDenied',
      'deleteByTagMissing',
      'sessionSecret',
    ]),
  ),
});
export type RegistryOverview = z.infer<typeof registryOverview>;

/** One page of a streamed list. `done` is true on the last one. */
const repositoryPage = z.object({
  repositories: z.array(z.object({ name: repositoryName, addedByName: z.boolean() })),
  /** Listed as well, with names against the grammar: nothing can be asked about them. Very long ones and very many are cut. */
  unusable: z.array(z.string()).optional(),
  /** How many so far, this page included. */
  count: z.number().int(),
  done: z.boolean(),
  /**
   * `forbidden`, `missing`: the registry does not list, the repositories added by name are all there is. `incomplete`: it lists
   * some that cannot be used.
   */
  listing: z.enum(['complete', 'incomplete', 'forbidden', 'missing']),
});
export type RepositoryPage = z.infer<typeof repositoryPage>;

const tagPage = z.object({ tags: z.array(tagName), count: z.number().int(), done: z.boolean() });
export type TagPage = z.infer<typeof tagPage>;

/** What a manifest is, told by its media types and never by its name. */
const manifestKind = z.enum(MANIFEST_KINDS);
export type ManifestKind = z.infer<typeof manifestKind>;

const tagDetails = z.object({
  name: tagName,
  digest,
  mediaType: z.string(),
  kind: manifestKind,
  /** Unique bytes of manifests, configs and layers over all platforms. */
  size: byteCount,
  /** Newest `created` of its platforms' configs or annotations. */
  created: instant.optional(),
  platforms: z.array(platform),
  artifactType: z.string().optional(),
  /** It holds BuildKit attestations. */
  attested: z.boolean(),
  /** What is wrong with a manifest that could not be read, in English. */
  unreadable: z.string().optional(),
});
export type TagDetails = z.infer<typeof tagDetails>;

/** One tag's answer: its details, or why there are none (it may have gone meanwhile). */
const tagAnswer = z.union([
  z.object({ name: tagName, details: tagDetails }),
  z.object({ name: tagName, failure }),
]);
export type TagAnswer = z.infer<typeof tagAnswer>;

/** A place seen before, offered by the command palette. */
const seenPlace = z.object({
  accountId,
  repository: repositoryName,
  tag: tagName.optional(),
  digest: digest.optional(),
});
export type SeenPlace = z.infer<typeof seenPlace>;

export const catalog = {
  overview: procedure.input(z.object({ accountId })).output(registryOverview),
  /** Streams the repositories page by page in the registry's order, then the ones added by name that it did not list. */
  repositories: procedure.input(z.object({ accountId })).output(eventIterator(repositoryPage)),
  /** Streams tag names page by page, in the registry's order. */
  tags: procedure.input(repositoryPlace).output(eventIterator(tagPage)),
  /**
   * Details of tags, each as soon as it is known and in no order. An unchanged tag costs one HEAD; manifests and configs are
   * cached by digest for good.
   */
  tagDetails: procedure
    .input(repositoryPlace.extend({ tags: z.array(tagName).min(1).max(1000) }))
    .output(eventIterator(tagAnswer)),
  /** Repositories, tags and digests seen so far, over all accounts, that contain every word; asks no registry. */
  search: procedure
    .input(z.object({ text: z.string().max(300), limit: z.number().int().min(1).max(200) }))
    .output(z.array(seenPlace)),
};
