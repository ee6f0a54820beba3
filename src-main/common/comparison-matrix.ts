import { z } from 'zod';
import { keepFreshHours } from './account.ts';
import { failure } from './failure.ts';
import { accountId } from './ids.ts';
import { digest, repositoryName, tagName } from './place.ts';
import { byteCount, count, instant, page, share } from './units.ts';

/** Sides that are compared at once: development, staging, production and some more. */
export const SIDES_MAX = 6;

/** What a tag is at two sides. `unknown`: of one of them it is not known whether it is there, or what it points at. */
export const PAIR_STATES = ['same', 'different', 'onlyLeft', 'onlyRight', 'unknown'] as const;
export type PairState = (typeof PAIR_STATES)[number];

/** Which side's is the newer one of two that differ. */
export const DATED = ['left', 'right', 'unknown'] as const;

/** What is called what at a side, where the first side has the names: a template of `renamed`. */
const rename = z.string().trim().min(1).max(255).default('{repository}');

/** Part of a registry: all of it unless one of these is given. */
const sidePart = z.object({
  /** Repositories whose names go on from this one with a slash. */
  namespace: repositoryName.exactOptional(),
  repository: repositoryName.exactOptional(),
  /**
   * Name here of a repository of the first side, which has its own names. Below a namespace: of what comes after the first side's. Where
   * both are one repository it means nothing.
   */
  rename,
});
export type SidePart = z.infer<typeof sidePart>;

/** The first side is the one that all others are compared with: the left one of each pair. */
export const matrixDefinition = z.object({
  sides: z
    .array(sidePart.extend({ accountId }))
    .min(2)
    .max(SIDES_MAX)
    .refine(
      (sides) => new Set(sides.map(({ repository }) => repository === undefined)).size === 1,
      'A repository is compared with repositories, a registry with registries.',
    ),
});
export type MatrixDefinition = z.infer<typeof matrixDefinition>;

/** Which rows are meant: all unless something of this is given. */
const matrixFilter = z.object({
  /** Whose pair with the first side is meant: the position of the other side, from 1. */
  other: z
    .number()
    .int()
    .min(1)
    .max(SIDES_MAX - 1)
    .default(1),
  states: z.array(z.enum(PAIR_STATES)).default([]),
  /** Of those that are different: which side's is the newer one. */
  newer: z.enum(DATED).exactOptional(),
  /** Part of the name of a repository or tag. */
  text: z.string().max(255).default(''),
});
export type MatrixFilter = z.infer<typeof matrixFilter>;

/** What is known of a tag at one side. */
const matrixCell = z.object({
  repository: repositoryName,
  /** Absent where it is not known, or could not be confirmed when the repository was looked through. */
  digest: digest.exactOptional(),
  /** When the digest was looked at. */
  looked: instant.exactOptional(),
  created: instant.exactOptional(),
  pushed: instant.exactOptional(),
  size: byteCount.exactOptional(),
  /** Not all that it holds was read. */
  estimated: z.boolean(),
});

/** Platforms of two indexes or images; none at all where they are not known. */
const platformsOfPair = z.object({
  same: z.array(z.string()),
  different: z.array(z.string()),
  onlyLeft: z.array(z.string()),
  onlyRight: z.array(z.string()),
});

/** A tag of the first side beside the same of another one. */
const matrixPair = z.object({
  /** Null: neither side has it. */
  state: z.enum(PAIR_STATES).nullable(),
  /** Of those that are different, by when they were created or, where that says nothing, pushed. */
  newer: z.enum(DATED).exactOptional(),
  platforms: platformsOfPair.exactOptional(),
});
export type MatrixPair = z.infer<typeof matrixPair>;

/** A tag at all sides. */
const matrixRow = z.object({
  /** As the first side calls it; where it has none and its name there is not known, as the side does that has it. */
  repository: repositoryName,
  tag: tagName,
  /** One for each side; null: it is not there, `unseen`: that is not known. */
  cells: z.array(z.union([matrixCell, z.literal('unseen')]).nullable()),
  /** One for each side after the first. */
  pairs: z.array(matrixPair),
});
export type MatrixRow = z.infer<typeof matrixRow>;

export const matrixRowsRequest = matrixDefinition.extend({
  filter: matrixFilter.prefault({}),
  ...page.shape,
});
/** `total`: rows up to the last of these; how many there are in all the counts say. */
export const matrixRows = z.object({ items: z.array(matrixRow), total: count });
export type MatrixRows = z.infer<typeof matrixRows>;

/** Tags of two sides by what they are; those that neither has are not counted. */
const pairCounts = z.record(z.enum(PAIR_STATES), count);
const datedCounts = z.object({ left: count, right: count, unknown: count });

/** What is known of a side as a whole. */
const matrixSideKnown = z.object({
  repositories: count,
  /** Repositories whose tags were not all listed: what is missing there is not known. */
  unlisted: count,
  /** When the oldest of what is known was looked at; absent where nothing is. */
  asOf: instant.exactOptional(),
  /** All of its repositories were listed: one that is not among them is not there. */
  whole: z.boolean(),
});

/** By what is known. */
export const matrixCounts = z.object({
  rows: count,
  sides: z.array(matrixSideKnown),
  /** One for each side after the first. */
  pairs: z.array(z.object({ tags: pairCounts, newer: datedCounts })),
});
export type MatrixCounts = z.infer<typeof matrixCounts>;

export const matrixCountsRequest = matrixDefinition.extend({ text: z.string().max(255).default('') });

/** Rows of one pair. */
export const matrixPicked = matrixDefinition.extend({ filter: matrixFilter });

/** What rows of the first side hold that the registry of the other one does not, each digest once. */
export const matrixBytes = z.object({
  bytes: byteCount,
  manifests: count,
  /** Manifests of which it is not known what they hold: the bytes are a lower bound. */
  unread: count,
});
export type MatrixBytes = z.infer<typeof matrixBytes>;

/** Manifests of rows that no scan has read, each digest once: reading them says which side's is newer, and which platforms differ. */
export const matrixUnread = z.object({ manifests: count });

/** How far reading them is. */
export const matrixReading = z.object({
  manifests: share,
  failed: count,
  firstFailure: failure.exactOptional(),
});
export type MatrixReading = z.infer<typeof matrixReading>;

/** Minutes after which what is known of a side is looked at again. */
export const MAX_AGE = 60;
const maxAge = z.number().int().min(0).max(100_000).default(MAX_AGE);

export const matrixLookRequest = matrixDefinition.extend({ maxAge });

/** How far a look at one side is. */
const sideLooking = z.object({
  /** `fresh`: it was looked at lately; `waits` for another scan of its registry. */
  state: z.enum(['fresh', 'waits', 'running', 'done', 'failed']),
  repositories: share,
  tags: share,
  requests: count,
  /** Tags and repositories of which nothing could be had, and why the first of these. */
  unread: count,
  firstUnread: failure.exactOptional(),
  failure: failure.exactOptional(),
});
export type SideLooking = z.infer<typeof sideLooking>;

export const matrixLooking = z.object({ sides: z.array(sideLooking) });
export type MatrixLooking = z.infer<typeof matrixLooking>;

/** How the tags have changed from one look to the next: tags that are not the same any more, or otherwise, and those that are the same again. */
const drift = z.object({ apart: count, together: count });
export type Drift = z.infer<typeof drift>;

/** How a look at a saved comparison ended. */
export const comparisonRun = z.object({
  at: instant,
  outcome: z.enum(['running', 'looked', 'failed']),
  /** Pairs with the first side, in the order of the sides. */
  pairs: z.array(pairCounts).exactOptional(),
  /** Since the look before; absent at the first one. */
  drift: drift.exactOptional(),
  failure: failure.exactOptional(),
});
export type ComparisonRun = z.infer<typeof comparisonRun>;

const comparisonSchedule = z.object({ hours: keepFreshHours });

/** A comparison kept by name. */
export const savedComparison = z.object({
  id: z.uuid(),
  name: z.string().min(1).max(100),
  definition: matrixDefinition,
  created: instant,
  schedule: comparisonSchedule.exactOptional(),
  lastRun: comparisonRun.exactOptional(),
});
export type SavedComparison = z.infer<typeof savedComparison>;

export const savedComparisonRef = z.object({ id: z.uuid() });

/** Without an id it is a new one. */
export const savedComparisonDraft = z.object({
  id: z.uuid().optional(),
  name: z.string().trim().min(1).max(100),
  definition: matrixDefinition,
  schedule: comparisonSchedule.nullable().default(null),
});
export type SavedComparisonDraft = z.infer<typeof savedComparisonDraft>;

/** A saved one that cannot be read: a newer version wrote it, or it was spoiled. */
export const unreadableComparison = z.object({ id: z.string(), name: z.string() });

/** A tag that has come apart or together, with what each pair was and is; null: neither side had it. */
const driftedTag = z.object({
  repository: repositoryName,
  tag: tagName,
  before: z.array(z.enum(PAIR_STATES).nullable()),
  now: z.array(z.enum(PAIR_STATES).nullable()),
});
export type DriftedTag = z.infer<typeof driftedTag>;

export const driftRequest = savedComparisonRef.extend(page.shape);
export const driftPage = z.object({ items: z.array(driftedTag), total: count });
