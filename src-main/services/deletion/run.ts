import { type DeleteStep, forEachLimit, TagWatch } from '../../engine/index.ts';
import type { RunContext } from '../operations/kind.ts';
import type { StepCursor } from '../operations/steps.ts';
import { registryOf } from '../place-handle.ts';
import { fresh, type Looked } from './look.ts';
import type { DeletionStep } from './step.ts';
import {
  type DeletionData,
  type DeletionRun,
  endRepository,
  type Numbered,
  runDeletionGroup,
  turnsOf,
} from './work.ts';

/** Digests whose tags are deleted at a time. */
const DIGESTS = 4;

/** Of a repository that steps are about. */
export interface DeletionPlaces {
  repositoryOf(step: DeletionStep): string;
  /** What its plan and the check before it have seen; undefined in another process than theirs. */
  looked(repository: string): Looked | undefined;
  /** What is not as the plan saw it any more is left alone, and that is no failure. */
  leavesAlone?: boolean;
}

/**
 * Runs the steps of a deletion that are not done, one repository after the other. A step that fails does not hold up the others.
 *
 * @throws as `runDeletionGroup`
 */
export async function runDeletions(
  steps: StepCursor<DeletionStep>,
  run: RunContext<unknown, unknown>,
  data: DeletionData,
  places: DeletionPlaces,
): Promise<void> {
  const registry = registryOf(run.changes);
  // Journalled with the first tag of a digest; none of them may take one along.
  const siblings = new Map<string, readonly string[]>();
  const keyOf = (step: DeletionStep): string => `${places.repositoryOf(step)} ${step.digest}`;
  const learn = (step: DeletionStep) => {
    if (step.kind === 'deleteTag' && step.siblings) siblings.set(keyOf(step), step.siblings);
  };
  if (steps.earlier > 0) for await (const page of steps.all()) page.forEach(learn);
  let context: DeletionRun | undefined;
  for await (const page of steps.pages()) {
    for (const part of inRepositories(page, ({ step }) => places.repositoryOf(step))) {
      if (context?.repository !== part.repository) {
        if (context) await endRepository(context);
        const { repository } = part;
        const { operationId, signal, durable } = run;
        const watch = new TagWatch(
          registry.client,
          registry.reader,
          repository,
          places.looked(repository)?.known,
        );
        const { leavesAlone = false } = places;
        context = { ...data, operationId, signal, durable, registry, repository, steps, watch, leavesAlone };
      }
      const pending = part.members.map(({ number, step, result }): Numbered => {
        learn(step);
        const others = step.kind === 'deleteTag' ? siblings.get(keyOf(step)) : undefined;
        return { number, step: bare(step, others), touched: result === 'touched' };
      });
      for (const turn of turnsOf(pending)) {
        run.signal.throwIfAborted();
        const looked = fresh(places.looked(part.repository));
        const now = { ...context, looked };
        await forEachLimit(turn, DIGESTS, (group) => runDeletionGroup(group, now), run.signal);
      }
    }
  }
  if (context) await endRepository(context);
}

/** As the engine takes it. */
function bare(step: DeletionStep, siblings: readonly string[] | undefined): DeleteStep {
  const { repository: _, reasons: __, ...one } = step;
  return siblings ? ({ ...one, siblings } as DeleteStep) : one;
}

/** Neighbours of the same repository. */
function inRepositories<Member>(
  members: readonly Member[],
  repositoryOf: (member: Member) => string,
): { repository: string; members: Member[] }[] {
  const parts: { repository: string; members: Member[] }[] = [];
  for (const member of members) {
    const repository = repositoryOf(member);
    const last = parts.at(-1);
    if (last?.repository === repository) last.members.push(member);
    else parts.push({ repository, members: [member] });
  }
  return parts;
}
