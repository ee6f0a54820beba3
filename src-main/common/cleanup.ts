import { z } from 'zod';
import { CLEANUP_DATES, RULE_PROBLEMS, type RuleProblemCode } from '../engine/vocabulary/cleanup.ts';
import { RULE_FORMATS } from './rule-formats.ts';

/**
 * Files of cleanup rules. What is described here is what an editor shows beside a key: the published schema is made from it.
 * Patterns and regular expressions are read by the engine, which says what is wrong with them.
 */
const name = z.string().min(1).max(100);

const pattern = z.string().min(1).max(255);
/** One, or several of which any may match. */
const patterns = z.union([pattern, z.array(pattern).min(1).max(1000)]);

/** A year has 365 days. */
const duration = z.string().regex(/^\d{1,6}[smhdwy]$/);

/** A file, named from where the rules are, or the cluster of a context of the user's own kubeconfig. */
const inUseSource = z.union([
  z.string().min(1).max(1000),
  z.strictObject({ kubernetes: z.string().min(1).max(253) }),
]);
export type InUseSource = z.infer<typeof inUseSource>;

const which = {
  name: name.describe('Shown with each tag that this entry decides.'),
  tags: patterns
    .describe(
      'Tags by name. * stands for any characters, ? for one, [a-z] for one of these, {a,b} for either. The whole name has to match.',
    )
    .exactOptional(),
  regex: z
    .string()
    .min(1)
    .max(1000)
    .describe('Tags in which this regular expression (RE2) is found: ^ and $ around it mean the whole name.')
    .exactOptional(),
  olderThan: duration.describe('Older than this: 12h, 14d, 8w, 1y.').exactOptional(),
  youngerThan: duration.describe('Younger than this: 12h, 14d, 8w, 1y.').exactOptional(),
  by: z
    .enum(CLEANUP_DATES)
    .describe(
      'The date that age and order go by: created, where it is not given. A tag of which it is not known stays.',
    )
    .exactOptional(),
};

const perLine = z.int().min(1).max(10_000);

const keepEntry = z
  .strictObject({
    ...which,
    newest: z
      .int()
      .min(1)
      .max(1_000_000)
      .describe('The newest images among the tags that match: so many, with all their tags that match.')
      .exactOptional(),
    semver: z
      .strictObject({
        perMinor: perLine.describe('The newest patches of each minor version.').exactOptional(),
        perMajor: perLine.describe('The newest patches of each major version.').exactOptional(),
      })
      .describe('Tags that are versions: the newest of each line, the newest stable one among them.')
      .exactOptional(),
    inUse: z
      .union([inUseSource, z.array(inUseSource).min(1).max(50)])
      .describe(
        'What runs: a file with the output of kubectl get pods -A -o json or of helm template, a Compose file, a list of references or digests; or the cluster of a kubectl context.',
      )
      .exactOptional(),
  })
  .check((payload) => {
    const { value } = payload;
    const { newest, semver, inUse } = value;
    if (!isSelective(value) && newest === undefined && semver === undefined && inUse === undefined)
      refuse(payload, 'noCondition');
    if (semver && semver.perMinor === undefined && semver.perMajor === undefined)
      refuse(payload, 'noCondition', ['semver']);
    for (const other of ['newest', 'olderThan', 'youngerThan'] as const)
      if (semver && value[other] !== undefined) refuse(payload, 'together', [other], 'semver');
    if (value.by && !isDated(value) && newest === undefined) refuse(payload, 'byAlone', ['by']);
  });
export type KeepEntry = z.infer<typeof keepEntry>;

const deleteEntry = z
  .strictObject({
    ...which,
    untagged: z
      .literal(true)
      .describe('Manifests without a tag that nothing contains, where the registry lists them.')
      .exactOptional(),
    staleReferrers: z
      .literal(true)
      .describe('Signatures, SBOMs and attestations of images that are not there any more.')
      .exactOptional(),
  })
  .check((payload) => {
    const { value } = payload;
    const nameless = (['untagged', 'staleReferrers'] as const).filter((key) => value[key]);
    if (!isSelective(value) && nameless.length === 0) refuse(payload, 'noCondition');
    for (const key of nameless)
      for (const other of ['tags', 'regex'] as const)
        if (value[other] !== undefined) refuse(payload, 'together', [other], key);
    if (nameless.length === 2) refuse(payload, 'together', ['staleReferrers'], 'untagged');
    if (value.by && !isDated(value)) refuse(payload, 'byAlone', ['by']);
  });
export type DeleteEntry = z.infer<typeof deleteEntry>;

const cleanupRule = z.strictObject({
  name: name.describe('Named in plans and in the history.'),
  repositories: patterns.describe(
    'Repositories by name. * stands for anything but a slash, ** for anything: team/** is all below team.',
  ),
  protect: patterns.describe('Tags that stay, whatever else is said of them.').exactOptional(),
  keep: z.array(keepEntry).max(200).describe('A tag that one of these matches stays.').exactOptional(),
  delete: z
    .array(deleteEntry)
    .max(200)
    .describe('A tag that one of these matches goes, unless it is protected or kept.')
    .exactOptional(),
});
export type CleanupRule = z.infer<typeof cleanupRule>;

/**
 * A file of rules. A repository may be in several of them: what any of them protects stays, then what any of them keeps; of what is
 * left goes what any of them deletes. What nothing matches stays.
 */
export const cleanupRules = z
  .strictObject({ version: z.literal(1), rules: z.array(cleanupRule).min(1).max(500) })
  .check((payload) => {
    const { rules } = payload.value;
    for (const at of repeated(rules)) refuse(payload, 'duplicate', ['rules', at, 'name']);
    for (const [of, { keep = [], delete: remove = [] }] of rules.entries())
      for (const at of repeated([...keep, ...remove])) {
        const place = at < keep.length ? ['keep', at] : ['delete', at - keep.length];
        refuse(payload, 'duplicate', ['rules', of, ...place, 'name']);
      }
  });
export type CleanupRules = z.infer<typeof cleanupRules>;

/** What is wrong with a file of rules, and where. */
const ruleProblem = z.object({
  code: z.enum(RULE_PROBLEMS),
  /** `rules[0].keep[1].newest`; empty for the whole file. */
  path: z.string(),
  /** From 1; absent where the rules are no text, or what is wrong is something that is missing. */
  line: z.number().int().exactOptional(),
  column: z.number().int().exactOptional(),
  /** The words that are wrong, as they stand there. */
  found: z.string().exactOptional(),
  /** What could stand there; of `together` the other condition. */
  allowed: z.array(z.string()).exactOptional(),
  /** One English sentence for logs and the command line; the renderer words `code` itself. */
  message: z.string(),
});
export type RuleProblem = z.infer<typeof ruleProblem>;

/** Rules as text, or what is wrong with it: never both, for rules that are half understood delete what they should not. */
export const readRules = z.union([
  z.object({ rules: cleanupRules }),
  z.object({ problems: z.array(ruleProblem).min(1) }),
]);
export type ReadRules = z.infer<typeof readRules>;

export const rulesText = z.object({ text: z.string().max(200_000) });
/** Also rules that have something wrong with them, as they have while somebody types. */
export const writeRulesRequest = z.object({ rules: z.record(z.string(), z.unknown()) });

/** What runs, as people have it: a document with the names of images, or a list of them. */
export const inUseText = z.object({ text: z.string().max(64_000_000) });
/** How many different images it names. */
export const inUseRead = z.object({ images: z.number().int() });
/** A kubeconfig that the user chose by its path; else the one that kubectl takes by itself. Never what rules name: it may run programs. */
export const kubeconfigPath = z.string().min(1).max(4096);
export const kubeconfigChoice = z.object({ kubeconfig: kubeconfigPath.optional() });
export const clusterContexts = z.array(z.string());
export const clusterRequest = kubeconfigChoice.extend({ context: z.string().min(1).max(253) });

/** What rules of another product say that ours do not, or say otherwise. */
const IMPORT_NOTES = [
  /** A rule that is switched off is left out. */
  'disabled',
  /** When they ran there: that is not part of rules here. */
  'schedule',
  /** Something that is chosen by what is no name; it is left out, and with it what it keeps or deletes. */
  'selector',
  /** Names that a rule leaves out are kept with the others that it keeps. */
  'except',
  /** What it does is not deleting: it is left out. */
  'action',
  /** There the first rule that matches decides alone; here what any of them keeps stays. */
  'order',
  /** There other tags are counted: look at what goes. */
  'count',
  /** Untagged manifests go there with the tags; here they have an entry of their own. */
  'untagged',
  /** A pattern that cannot be had here: it is left out, and with it what it keeps or deletes. */
  'pattern',
  /** A setting that is not known. */
  'setting',
] as const;

export const importRulesRequest = z.object({
  format: z.enum(RULE_FORMATS),
  text: z.string().max(200_000),
  /** What the rules are for where they do not say it: a project, or a repository. */
  scope: z.string().max(255).default(''),
});

export const importedRules = z.object({
  rules: cleanupRules,
  /** The same as a file. */
  text: z.string(),
  notes: z.array(z.object({ code: z.enum(IMPORT_NOTES), found: z.string() })),
});
export type ImportedRules = z.infer<typeof importedRules>;
export type ImportNote = ImportedRules['notes'][number];

/** How a source of what is in use is named where it is read and where that is looked up. */
export function inUseKey(source: InUseSource): string {
  return typeof source === 'string' ? source : `kubernetes:${source.kubernetes}`;
}

/** Every source of what is in use that rules name, each once. */
export function inUseSources({ rules }: CleanupRules): InUseSource[] {
  const sources = rules
    .flatMap(({ keep = [] }) => keep)
    .flatMap(({ inUse }) => (inUse === undefined ? [] : Array.isArray(inUse) ? inUse : [inUse]));
  return [...new Map(sources.map((source) => [inUseKey(source), source])).values()];
}

type Entry = z.infer<z.ZodObject<typeof which>>;

/** Whether it has an age. */
function isDated({ olderThan, youngerThan }: Entry): boolean {
  return olderThan !== undefined || youngerThan !== undefined;
}

/** Whether it means some tags and not others. */
function isSelective(entry: Entry): boolean {
  return entry.tags !== undefined || entry.regex !== undefined || isDated(entry);
}

/** Where names are that were there before. */
function repeated(entries: readonly { name: string }[]): number[] {
  const first = new Map<string, number>();
  return entries.flatMap((entry, at) => {
    if (first.has(entry.name)) return [at];
    first.set(entry.name, at);
    return [];
  });
}

/** Of what concerns more than one value, which no schema of one says. */
function refuse(
  { value, issues }: z.core.ParsePayload,
  problem: RuleProblemCode,
  path: PropertyKey[] = [],
  other?: string,
): void {
  issues.push({ code: 'custom', input: value, path, params: { problem, other } });
}
