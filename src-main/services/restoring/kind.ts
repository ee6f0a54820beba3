import { type RestoreSubject, restoreSubject, restoreSummary } from '../../common/restoring.ts';
import type { Inventory, Trash } from '../../data/index.ts';
import { failureOf, isHopeless } from '../failure.ts';
import type { OperationKind } from '../operations/kind.ts';
import type { NumberedStep } from '../operations/steps.ts';
import { inParallel } from '../parallel.ts';
import { registryOf } from '../place-handle.ts';
import { repositoriesText, tagsText } from '../words.ts';
import type { KeptContent } from './kept-content.ts';
import { Sending } from './sending.ts';
import { type RestoreStep, restoreStep } from './step.ts';
import { goBack, repositoryOf } from './work.ts';

/** Steps at a time, each some small requests; the client's own pace holds as well. */
const WRITES = 6;

/** An undo: tags point again at what they pointed at before an operation, and those that were new are deleted. */
export function restoreKind(data: {
  trash: Trash;
  kept: KeptContent;
  inventory: Inventory;
}): OperationKind<RestoreSubject, RestoreStep> {
  return {
    name: 'restore',
    subject: restoreSubject,
    step: restoreStep,
    goesOn: false,
    places: ({ place }) => ({ reads: [], changes: [place] }),
    words({ place, tags, repositories = [], changes = 0 }) {
      if ('repository' in place) return `restore ${place.host}/${place.repository}: ${tagsText(tags)}`;
      return `restore ${place.host}: ${changes} tags in ${repositoriesText(repositories)}`;
    },
    changes: (step, subject) => {
      const tags: readonly (string | null)[] = step.tags.length > 0 ? step.tags : [null];
      const repository = repositoryOf(step, subject);
      return tags.map((tag) => ({ repository, tag, before: step.leaves, after: step.digest }));
    },
    // What it empties was empty before: so many tags are what a name is asked for.
    removes: ({ place }, summary) => ({
      name: 'repository' in place ? place.repository : place.host,
      tags: restoreSummary.safeParse(summary).data?.removes ?? 0,
      empties: false,
    }),
    async run(steps, context) {
      const registry = registryOf(context.changes);
      const sending = new Sending(data.kept, context.signal);
      const work = { ...context, ...data, registry, sending };
      for await (const page of steps.pages())
        for (const together of batches(page)) {
          const endings = inParallel(together, WRITES, context.signal, async ({ number, step }, signal) => {
            try {
              return { number, result: await goBack(step, { ...work, signal }), failure: undefined };
            } catch (error) {
              const failure = failureOf(error);
              // What failed for this one need not fail for the next one; a registry out of reach will.
              if (signal.aborted || failure.code === 'cancelled' || isHopeless(failure.code)) throw error;
              return { number, result: '', failure };
            }
          });
          for await (const { number, result, failure } of endings)
            if (failure) steps.failed(number, failure);
            else steps.done(number, result);
        }
      return steps.outcome();
    },
  };
}

/** Neighbours that may go at the same time; a tag that was new goes by itself, since others of its digest must stay. */
function batches(page: readonly NumberedStep<RestoreStep>[]): NumberedStep<RestoreStep>[][] {
  const all: NumberedStep<RestoreStep>[][] = [];
  for (const one of page) {
    const last = all.at(-1);
    const before = last?.[0]?.step;
    const fits = one.step.digest !== null && before?.digest !== null && before?.level === one.step.level;
    if (last && fits) last.push(one);
    else all.push([one]);
  }
  return all;
}
