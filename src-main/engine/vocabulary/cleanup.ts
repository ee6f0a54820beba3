/**
 * Dates by which cleanup rules rank and measure age: of the image itself; when the product saw it arrive, and when it last saw it
 * pulled.
 */
export const CLEANUP_DATES = ['created', 'pushed', 'pulled'] as const;
export type CleanupDate = (typeof CLEANUP_DATES)[number];

/** What a cleanup rule may ask of a tag and not be told: a date, what is in use, what an image holds, whether a subject is there. */
export const CLEANUP_FACTS = [...CLEANUP_DATES, 'inUse', 'contents', 'subject'] as const;
export type CleanupFact = (typeof CLEANUP_FACTS)[number];

/** Why cleanup rules leave or take a tag or a manifest. */
export const CLEANUP_REASONS = [
  'protected',
  'kept',
  'deleted',
  /** No rule is about it: it stays. */
  'unmatched',
  /** A rule asks for what is not known: it stays. */
  'unknown',
  /** It was to go, and stays with what stays: another tag is on its digest, or an index contains it. */
  'needed',
  /** It stays or goes with what it is attached to, or is contained in. */
  'attached',
] as const;
export type CleanupReason = (typeof CLEANUP_REASONS)[number];

/** What is wrong with a file of cleanup rules. */
export const RULE_PROBLEMS = [
  /** It is no YAML. */
  'syntax',
  'unknownKey',
  'missing',
  'wrongType',
  /** Another of the values that there are; a number out of its bounds; too long a text. */
  'wrongValue',
  'duration',
  'pattern',
  'regex',
  /** Two of a name. */
  'duplicate',
  /** An entry without a condition would mean everything. */
  'noCondition',
  /** Conditions that cannot be in one entry. */
  'together',
  /** `by` without a condition of dates. */
  'byAlone',
] as const;
export type RuleProblemCode = (typeof RULE_PROBLEMS)[number];
