import { z } from 'zod';
import { ABILITIES, ABILITY_SOURCES, WRITE_REFUSALS } from '../engine/vocabulary/abilities.ts';
import { AUTH_SCHEMES } from '../engine/vocabulary/connection.ts';
import { EVIDENCES, SYSTEMS } from '../engine/vocabulary/products.ts';
import { collectionFacts } from './collection-facts.ts';
import { failure } from './failure.ts';
import { accountId } from './ids.ts';
import { digest, repositoryName, tagName } from './place.ts';
import { count, instant } from './units.ts';

/** Why a registry takes no writes, whoever asks. */
export const writeRefusal = z.enum(WRITE_REFUSALS);

export const registrySystem = z.enum(SYSTEMS);
export type RegistrySystem = z.infer<typeof registrySystem>;

/** How an account's product was found out. */
export const productFinding = z.object({
  /** Of the product, where it says so. */
  version: z.string().optional(),
  by: z.enum(EVIDENCES),
  at: instant,
});

/** The registry of an account. */
export const registryRequest = z.object({ accountId });

const ability = z.enum(ABILITIES);
const source = z.enum(ABILITY_SOURCES);

export const registryOverview = z.object({
  system: registrySystem,
  /** What showed which product it is. */
  by: z.enum(EVIDENCES),
  /** Product version, where the registry says it. */
  version: z.string().exactOptional(),
  /** Milliseconds of one signed-in `GET /v2/`. */
  latency: z.number().nonnegative(),
  signedIn: z.enum([...AUTH_SCHEMES, 'clientCertificate']),
  username: z.string().exactOptional(),
  abilities: z.object({
    list: ability,
    push: ability,
    delete: ability,
    deleteTag: ability,
    referrers: ability,
  }),
  /** Where each of them is known from. */
  sources: z.object({ list: source, push: source, delete: source, deleteTag: source, referrers: source }),
  /** What brings back the bytes of what is deleted there. */
  garbageCollection: collectionFacts,
  /** Pulls left in the window, where the registry says so (Docker Hub). */
  rateLimit: z
    .object({ limit: z.number(), remaining: z.number(), windowSeconds: z.number() })
    .exactOptional(),
  warnings: z.array(
    z.enum([
      'plainHttp',
      'unverified',
      'catalogForbidden',
      'catalogMissing',
      /** Tags go by the product's own API, and what they pointed at stays there without a tag. */
      'deletesTagsOnly',
      /** It is filled by what is pulled from another registry. */
      'pullThroughCache',
      /** Who runs it has turned writes off. */
      'writesOff',
      'deleteDisabled',
      'deleteDenied',
      'deleteByTagMissing',
      'sessionSecret',
    ]),
  ),
});
export type RegistryOverview = z.infer<typeof registryOverview>;

/** Whether a registry answers, and what is known of it without asking. */
export const registryStatus = z.object({
  /** `signedOut`: it does not take the sign-in, or there is none at hand; it is not looked at again until somebody opens it. */
  state: z.enum(['reachable', 'signedOut', 'unreachable']),
  /** Why it is not reachable. */
  failure: failure.exactOptional(),
  /** When it last answered, as far as that is known. */
  answered: instant.exactOptional(),
  /** How many there are; absent: it has never listed all of them. */
  repositories: count.exactOptional(),
});
export type RegistryStatus = z.infer<typeof registryStatus>;

/** One page of a streamed list. `done` is true on the last one. */
export const repositoryPage = z.object({
  repositories: z.array(z.object({ name: repositoryName, addedByName: z.boolean() })),
  /** Listed as well, with names against the grammar: nothing can be asked about them. Very long ones and very many are cut. */
  unusable: z.array(z.string()).exactOptional(),
  /** How many so far, this page included. */
  count,
  done: z.boolean(),
  /**
   * `forbidden`, `missing`: the registry does not list, the repositories added by name are all there is. `incomplete`: it lists
   * some that cannot be used.
   */
  listing: z.enum(['complete', 'incomplete', 'forbidden', 'missing']),
  /** The registry has not answered yet: this is what was known at that time, and what follows takes its place. */
  seen: instant.exactOptional(),
});
export type RepositoryPage = z.infer<typeof repositoryPage>;

/** Words that a name must contain, each of them. */
export const placeSearch = z.object({ text: z.string().max(300), limit: z.number().int().min(1).max(200) });

/** A repository or tag seen before, offered by the command palette. */
const seenPlace = z.object({
  accountId,
  repository: repositoryName,
  tag: tagName.exactOptional(),
  digest: digest.exactOptional(),
});
export type SeenPlace = z.infer<typeof seenPlace>;

export const foundPlaces = z.object({
  /** Those first that are most likely meant. */
  places: z.array(seenPlace),
  /** About how many were listed and cannot be found yet: they will, in a while. */
  waiting: count,
});
export type FoundPlaces = z.infer<typeof foundPlaces>;
