import type { CleanupRules } from '../../common/cleanup.ts';
import type {
  CleanupDecision,
  CleanupPlan,
  CleanupPlanning,
  CleanupPreview,
  CleanupVersion,
  SavedCleanup,
  SavedCleanupDraft,
  UsedRules,
} from '../../common/cleanup-run.ts';
import type { Candidate } from '../../data/index.ts';
import { compileRules, digestOf } from '../../engine/index.ts';
import type { CleanupService, GivenRules } from '../core/cleanup.ts';
import { ServiceError } from '../errors.ts';
import type { Plans } from '../operations/plans.ts';
import { readRules } from '../rules/text.ts';
import { telling } from '../telling.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';
import { decideKnown, governed, narrowed, whyOf } from './decided.ts';
import { keepingAlways, readSources } from './in-use.ts';
import { type Looking, type PlanningWith, planCleanup } from './plan.ts';
import type { SavedCleanups } from './saved.ts';

/** Tags in one part of a preview. */
const TAGS_AT_ONCE = 500;

export interface CleanupOptions extends PlanningWith {
  plans: Plans;
  saved: SavedCleanups;
  now: () => Date;
}

/** Rules that clean up registries: kept by name, tried on what is known, and planned. */
export class Cleanup implements CleanupService {
  readonly #options: CleanupOptions;

  constructor(options: CleanupOptions) {
    this.#options = options;
  }

  saved(accountId: string): SavedCleanup[] {
    return this.#options.saved.list(accountId);
  }

  versions(id: string): CleanupVersion[] {
    return this.#options.saved.versions(id);
  }

  save(draft: SavedCleanupDraft): SavedCleanup {
    return this.#options.saved.save(draft);
  }

  remove(id: string): void {
    this.#options.saved.remove(id);
  }

  watch(options?: CallOptions): AsyncGenerator<SavedCleanup, void, void> {
    return this.#options.saved.watch(options);
  }

  async *preview(
    registry: string,
    given: GivenRules,
    { signal }: CallOptions = {},
  ): AsyncGenerator<CleanupPreview, void, void> {
    const { inventory, now } = this.#options;
    const { compiled, inUse } = await this.#read(given, { live: false, signal });
    const context = { now: now().getTime(), tagsAlone: true, inUse };
    const end = { repositories: 0, tags: { kept: 0, going: 0, unseen: 0 } };
    let oldest = Number.POSITIVE_INFINITY;
    for await (const repository of governed(inventory, registry, compiled, given.scope)) {
      const known = await inventory.candidates(registry, repository, signal);
      const { tags } = await decideKnown(repository, known, compiled, context, { gone: new Set(), signal });
      end.repositories++;
      end.tags.unseen += known.unseen.length;
      oldest = Math.min(oldest, known.asOf ?? oldest);
      for (let start = 0; start < tags.length; start += TAGS_AT_ONCE) {
        const some = tags.slice(start, start + TAGS_AT_ONCE).map(({ of, decision }): CleanupDecision => {
          end.tags[decision.keep ? 'kept' : 'going']++;
          return { ...whyOf(decision), ...shown(of), tag: of.name, keep: decision.keep };
        });
        yield { kind: 'tags', repository, tags: some };
      }
    }
    yield {
      kind: 'end',
      ...end,
      ...(Number.isFinite(oldest) ? { asOf: new Date(oldest).toISOString() } : {}),
    };
  }

  async *planning(
    registry: RegistryHandle,
    given: GivenRules,
    rules: Omit<UsedRules, 'digest'>,
    { signal }: CallOptions = {},
  ): AsyncGenerator<CleanupPlanning, void, void> {
    let looking: Looking | undefined;
    const seen = (at: Looking) => {
      looking = at;
    };
    const plan = yield* telling(
      (stop) => this.plan(registry, given, rules, { signal: stop, seen }),
      () => looking,
      signal,
    );
    yield { kind: 'plan', plan };
  }

  async plan(
    registry: RegistryHandle,
    given: GivenRules,
    rules: Omit<UsedRules, 'digest'>,
    { signal, seen }: { signal: AbortSignal; seen: (at: Looking) => void },
  ): Promise<CleanupPlan> {
    if (registry.readOnly) throw new ServiceError('readOnly');
    const { scope, names, compiled, inUse } = await this.#read(given, { live: true, signal });
    const context = { now: this.#options.now().getTime(), inUse };
    const used = { ...rules, digest: digestOf(Buffer.from(given.text)) };
    const planned = await planCleanup(registry, { used, names, compiled, scope, context }, this.#options, {
      signal,
      seen,
    });
    return await this.#options.plans.keep(planned);
  }

  /** Of a run by schedule: of what is in use it knows the files that are named from the root, and the clusters of the schedule's kubeconfig. */
  async planSaved(
    registry: RegistryHandle,
    { id, name, version, text, schedule }: SavedCleanup,
    signal: AbortSignal,
  ): Promise<CleanupPlan> {
    const kubeconfig = schedule?.kubeconfig;
    const given = { scope: {}, text, inUse: [], ...(kubeconfig === undefined ? {} : { kubeconfig }) };
    return await this.plan(registry, given, { id, name, version }, { signal, seen: () => {} });
  }

  /** @throws ServiceError `invalidInput` */
  async #read(given: GivenRules, how: Parameters<typeof readSources>[2]) {
    const rules = keepingAlways(understood(given.text), given.always);
    return {
      scope: narrowed(rules, given.scope),
      names: rules.rules.map(({ name }) => name),
      compiled: compileRules(rules.rules),
      inUse: await readSources(rules, given, how),
    };
  }
}

/** @throws ServiceError `invalidInput` with what is wrong first */
export function understood(text: string): CleanupRules {
  const read = readRules(text);
  if ('rules' in read) return read.rules;
  const [{ line, message } = { line: 1, message: '' }] = read.problems;
  throw new ServiceError('invalidInput', `Line ${line} of the rules: ${message}`);
}

function shown({
  digest,
  size,
  created,
  pushed,
  pulled,
}: Candidate): Omit<CleanupDecision, 'tag' | 'keep' | 'reason'> {
  return {
    digest,
    size,
    ...(created === undefined ? {} : { created }),
    ...(pushed === undefined ? {} : { pushed }),
    ...(pulled === undefined ? {} : { pulled }),
  };
}
