import type { CleanupItem, CleanupWhy } from '../../common/cleanup-run.ts';
import type { DeletionSummary } from '../../common/deletion.ts';
import type { Candidates, Inventory } from '../../data/index.ts';
import {
  type CleanupContext,
  type CompiledRules,
  type DeletionPlanData,
  lookAt,
  type Registry,
  type SeenHeads,
  waysAlone,
} from '../../engine/index.ts';
import { planSparing } from '../deletion/spared.ts';
import type { DeletionStep } from '../deletion/step.ts';
import { stepsOf } from '../deletion/steps.ts';
import { failureOf } from '../failure.ts';
import { inParallel } from '../parallel.ts';
import type { RegistryHandle } from '../types.ts';
import { type DecidedRepository, decideKnown, whyOf } from './decided.ts';
import { goneSubjects } from './subjects.ts';

/** Manifests without a tag asked for at a time. */
const READS = 8;

/** A line of the plan; one that acts is a step of a deletion as well. */
export type CleanupLine = Omit<CleanupItem, 'number'> | ActingLine;
export type ActingLine = Omit<CleanupItem, 'number' | 'digest'> & DeletionStep;

export interface PlannedRepository {
  lines: CleanupLine[];
  /** What the deletion would do; absent where nothing goes. */
  data?: DeletionPlanData;
}

interface Planning {
  registry: RegistryHandle;
  identified: Registry;
  inventory: Inventory;
  /** As the inventory names the registry. */
  key: string;
  rules: CompiledRules;
  context: Omit<CleanupContext, 'tagsAlone'>;
  signal: AbortSignal;
}

/**
 * What becomes of a repository: rules decide by what is known of it, and what is to go is looked at. Nothing that they keep, and no tag
 * that came or moved meanwhile, goes along or breaks.
 *
 * @throws {RegistryError}
 */
export async function planRepository(repository: string, planning: Planning): Promise<PlannedRepository> {
  const { registry, inventory, key, signal } = planning;
  const known = await inventory.candidates(key, repository, signal);
  const decided = await decideHere(repository, known, planning);
  const lines = new Lines(repository, decided, known);
  const seen = seenSince(planning.context.now, known);
  const digests = await stillThere(
    registry,
    repository,
    decided.untagged.flatMap(({ of, decision }) => (decision.keep ? [] : [of.digest])),
    { seen, signal },
  );
  const kept = new Set([
    ...known.unseen,
    ...decided.tags.flatMap(({ of, decision }) => (decision.keep ? [of.name] : [])),
  ]);
  const at = new Map(known.tags.map(({ name, digest }) => [name, digest]));
  let tags = decided.tags.flatMap(({ of, decision }) => (decision.keep ? [] : [of.name]));
  const moved = new Set<string>();
  while (tags.length + digests.length > 0) {
    const request = { tags, digests, attached: true };
    const { data, spared } = await planSparing(registry, repository, request, kept, { seen, signal });
    // Others than were decided on.
    const news = [...data.looked].filter(([tag, digest]) => at.get(tag) !== digest && !kept.has(tag));
    if (news.length === 0) return { lines: lines.of(data, spared, moved), data };
    for (const [tag] of news) {
      kept.add(tag);
      if (at.has(tag)) moved.add(tag);
    }
    tags = tags.filter((tag) => !moved.has(tag));
  }
  return { lines: lines.of(undefined, [], moved) };
}

/** Whether a tag can go alone matters where something goes, and costs requests. */
async function decideHere(
  repository: string,
  known: Candidates,
  { registry, identified, rules, context, signal }: Planning,
): Promise<DecidedRepository> {
  const asks = rules.rules.some((rule) => rule.delete.some(({ of }) => of === 'staleReferrers'));
  const gone = asks ? await goneSubjects(registry, repository, known, signal) : new Set<string>();
  const decided = await decideKnown(
    repository,
    known,
    rules,
    { ...context, tagsAlone: true },
    { gone, signal },
  );
  const partly = decided.tags.some(({ decision }) => !decision.keep);
  if (!partly || (await waysAlone(identified, repository, { needed: true, signal })) !== undefined)
    return decided;
  return await decideKnown(repository, known, rules, { ...context, tagsAlone: false }, { gone, signal });
}

/** The tags that the scan of this very planning has looked at: its run looks again before anything goes. */
function seenSince(began: number, { tags }: Candidates): SeenHeads {
  return new Map(
    tags.flatMap(({ name, digest, mediaType, looked }) =>
      looked >= began && mediaType !== undefined ? [[name, { digest, mediaType }] as const] : [],
    ),
  );
}

/** Those that the registry still has, or does not show. */
async function stillThere(
  { reader }: RegistryHandle,
  repository: string,
  digests: readonly string[],
  { seen, signal }: { seen: SeenHeads; signal: AbortSignal },
): Promise<string[]> {
  const there: string[] = [];
  const looks = inParallel(digests, READS, signal, async (digest, stop) => ({
    digest,
    ...(await lookAt(reader.head(repository, digest, stop))),
  }));
  for await (const { digest, found, unseen } of looks) {
    if (found) seen.set(digest, found);
    if (found || unseen) there.push(digest);
  }
  return there;
}

/** Makes the lines of a repository. */
class Lines {
  readonly #repository: string;
  readonly #decided: DecidedRepository;
  readonly #unseen: readonly string[];
  readonly #why: ReadonlyMap<string, CleanupWhy>;

  constructor(repository: string, decided: DecidedRepository, { unseen }: Candidates) {
    this.#repository = repository;
    this.#decided = decided;
    this.#unseen = unseen;
    this.#why = new Map([
      ...decided.tags.map(({ of, decision }) => [of.name, whyOf(decision)] as const),
      ...decided.untagged.map(({ of, decision }) => [of.digest, whyOf(decision)] as const),
    ]);
  }

  of(
    data: DeletionPlanData | undefined,
    spared: DeletionSummary['spared'],
    moved: ReadonlySet<string>,
  ): CleanupLine[] {
    const lines: CleanupLine[] = stepsOf(data?.steps ?? []).map((step) => this.#acting(step));
    const settled = new Set(lines.flatMap(({ decided }) => decided.map(({ tag }) => tag)));
    const blocked = new Map((data?.blocked ?? []).map(({ tag, error }) => [tag, failureOf(error)]));
    const left = new Map(spared.map((one) => [one.tag, one]));
    for (const { of, decision } of this.#decided.tags) {
      if (settled.has(of.name)) continue;
      const failure = blocked.get(of.name);
      const beside = left.get(of.name);
      const state = decision.keep
        ? 'keep'
        : failure
          ? 'unseen'
          : beside
            ? 'spared'
            : moved.has(of.name)
              ? 'moved'
              : 'keep';
      lines.push({
        ...this.#line(state, of.digest, [of.name]),
        ...(failure ? { failure } : {}),
        ...(beside ? { along: [...beside.along] } : {}),
        ...(beside?.immutable ? { immutable: true } : {}),
      });
    }
    for (const tag of this.#unseen) lines.push(this.#line('unseen', null, [tag]));
    return lines;
  }

  #acting(step: DeletionStep): ActingLine {
    const alone = step.kind === 'deleteTag';
    const tags = alone ? [step.tag] : step.tags;
    const why = tags.length === 0 ? this.#why.get(step.digest) : undefined;
    const line = this.#line('delete', step.digest, tags);
    const reasons = [...line.decided, ...(why ? [why] : [])].flatMap(({ rule, entry }) =>
      rule === undefined ? [] : [entry === undefined ? rule : `${rule}: ${entry}`],
    );
    return {
      ...line,
      ...step,
      repository: this.#repository,
      alone,
      ...(why ? { why } : {}),
      ...(reasons.length > 0 ? { reasons: [...new Set(reasons)] } : {}),
    };
  }

  #line(
    state: CleanupItem['state'],
    digest: string | null,
    tags: readonly string[],
  ): Omit<CleanupItem, 'number'> {
    const other: CleanupWhy = { reason: state === 'delete' ? 'attached' : 'unmatched' };
    return {
      state,
      repository: this.#repository,
      digest,
      decided: tags.map((tag) => ({ ...(this.#why.get(tag) ?? other), tag })),
      alone: false,
    };
  }
}
