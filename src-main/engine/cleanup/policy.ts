import { isAttachedTag } from '../model/attached-tags.ts';
import type { CleanupFact } from '../vocabulary/cleanup.ts';
import type { CompiledRules, DeleteEntry, KeepEntry, Protection } from './compile.ts';
import { dateOf, every, isInUse, isOfAge, type Verdict } from './conditions.ts';
import type { CleanupContext, CleanupManifest, CleanupRepository, CleanupTag, Decision } from './types.ts';
import { newestVersions } from './versions.ts';

/** Tags that are looked at in one slice. */
const SLICE = 256;

/** Which of its tags an entry keeps for their place in an order. */
type Ranked = (tag: CleanupTag) => Verdict;

/** What the rules that are about a repository say of one tag or manifest, without the others. */
export class Policy {
  readonly #repository: string;
  readonly #context: CleanupContext;
  readonly #protect: readonly Protection[];
  readonly #keep: readonly { readonly entry: KeepEntry; readonly ranked: Ranked }[];
  readonly #delete: readonly DeleteEntry[];

  private constructor(
    repository: string,
    rules: CompiledRules['rules'],
    keep: readonly { readonly entry: KeepEntry; readonly ranked: Ranked }[],
    context: CleanupContext,
  ) {
    this.#repository = repository;
    this.#context = context;
    this.#protect = rules.flatMap(({ protect }) => protect);
    this.#keep = keep;
    this.#delete = rules.flatMap((rule) => rule.delete);
  }

  /** With the order of its tags, which takes a while where there are many: in slices. */
  static *of(
    { name, tags }: CleanupRepository,
    { rules }: CompiledRules,
    context: CleanupContext,
  ): Generator<void, Policy, void> {
    const governing = rules.filter(({ governs }) => governs(name));
    const images = tags.filter((tag) => !isAttachedTag(tag.name));
    const keep: { entry: KeepEntry; ranked: Ranked }[] = [];
    for (const entry of governing.flatMap((rule) => rule.keep))
      keep.push({ entry, ranked: yield* rankedBy(entry, images) });
    return new Policy(name, governing, keep, context);
  }

  /** What is protected, kept, or may have to be: undefined where nothing says that it stays. */
  stays(tag: CleanupTag): Decision | undefined {
    const by = this.#protect.find(({ matches }) => matches(tag.name));
    if (by) return { keep: true, reason: 'protected', rule: by.rule, entry: by.pattern };
    const { now } = this.#context;
    const name = `${this.#repository}:${tag.name}`;
    return this.#kept(({ entry, ranked }) =>
      every(
        entry.matches(tag.name),
        isOfAge(tag, entry, now),
        ranked(tag),
        entry.inUse ? isInUse(tag, name, entry.inUse, this.#context) : true,
      ),
    );
  }

  /** What is in use or of an age that is kept, though it has no tag. */
  staysUntagged(manifest: CleanupManifest): Decision | undefined {
    return this.#kept(({ entry }) => {
      if (entry.inUse) return isInUse(manifest, undefined, entry.inUse, this.#context);
      const isOrdered = entry.newest !== undefined || entry.semver !== undefined;
      return !entry.isNamed && !isOrdered && isOfAge(manifest, entry, this.#context.now);
    });
  }

  /** What the entries that delete say of a tag, of an untagged manifest, or of one of either that is attached to nothing any more. */
  goes(of: DeleteEntry['of'], manifest: CleanupTag | CleanupManifest): Decision {
    for (const entry of this.#delete) {
      if (entry.of !== of || !entry.matches('name' in manifest ? manifest.name : '')) continue;
      const verdict = isOfAge(manifest, entry, this.#context.now);
      const by = { rule: entry.rule, entry: entry.name };
      if (verdict === true) return { keep: false, reason: 'deleted', ...by };
      if (verdict !== false) return { keep: true, reason: 'unknown', ...by, missing: verdict };
    }
    return { keep: true, reason: 'unmatched' };
  }

  /** Of what is attached to something that is not known to be in the repository: whether the registry was asked for it decides. */
  goesStale(of: CleanupTag | CleanupManifest): Decision {
    return of.subjectGone ? this.goes('staleReferrers', of) : this.isUnknown('staleReferrers', 'subject');
  }

  /** What a fact is missing for, if any entry is about something of that kind. */
  isUnknown(of: DeleteEntry['of'], missing: CleanupFact): Decision {
    const entry = this.#delete.find((each) => each.of === of);
    if (!entry) return { keep: true, reason: 'unmatched' };
    return { keep: true, reason: 'unknown', rule: entry.rule, entry: entry.name, missing };
  }

  #kept(verdictOf: (of: { entry: KeepEntry; ranked: Ranked }) => Verdict): Decision | undefined {
    let unknown: Decision | undefined;
    for (const of of this.#keep) {
      const verdict = verdictOf(of);
      const by = { rule: of.entry.rule, entry: of.entry.name };
      if (verdict === true) return { keep: true, reason: 'kept', ...by };
      if (verdict !== false) unknown ??= { keep: true, reason: 'unknown', ...by, missing: verdict };
    }
    return unknown;
  }
}

function* rankedBy(entry: KeepEntry, images: readonly CleanupTag[]): Generator<void, Ranked, void> {
  const { newest, semver, by } = entry;
  if (newest === undefined && semver === undefined) return () => true;
  const candidates: CleanupTag[] = [];
  for (const [at, tag] of images.entries()) {
    if (entry.matches(tag.name)) candidates.push(tag);
    if (at % SLICE === 0) yield;
  }
  if (semver) {
    const names = newestVersions(
      candidates.map(({ name }) => name),
      semver,
    );
    return ({ name }) => names.has(name);
  }
  const dates = new Map<string, number>();
  const unpulled = new Set<string>();
  for (const tag of candidates) {
    const at = dateOf(tag, by);
    if (at === undefined) continue;
    dates.set(tag.digest, Math.max(at, dates.get(tag.digest) ?? 0));
    if (by === 'pulled' && tag.pulled === null) unpulled.add(tag.digest);
  }
  yield;
  // What was never pulled takes the place of nothing that was; where that is not enough, the newest of it is kept.
  const { true: never = [], false: others = [] } = Object.groupBy(dates, ([digest]) =>
    unpulled.has(digest) ? 'true' : 'false',
  );
  const count = newest ?? 0;
  const oldest = oldestOf(others, count);
  const oldestNever = others.length < count ? oldestOf(never, count - others.length) : oldest;
  const names = new Set(candidates.map(({ name }) => name));
  return ({ name, digest }) => {
    if (!names.has(name)) return false;
    const at = dates.get(digest);
    return at === undefined ? by : at >= (unpulled.has(digest) ? oldestNever : oldest);
  };
}

/** The date of the last of the newest. What is just as new is kept as well: there is no order between the two. */
function oldestOf(dated: readonly (readonly [string, number])[], count: number): number {
  const sorted = Float64Array.from(dated, ([, at]) => at).sort();
  return sorted[Math.max(0, sorted.length - count)] ?? 0;
}
