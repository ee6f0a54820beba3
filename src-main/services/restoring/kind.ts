import { type RestoreSubject, restoreSubject } from '../../common/restoring.ts';
import type { Inventory, Trash } from '../../data/index.ts';
import { failureOf, isHopeless } from '../failure.ts';
import type { OperationKind } from '../operations/kind.ts';
import { registryOf } from '../place-handle.ts';
import { repositoriesText, tagsText } from '../words.ts';
import { type RestoreStep, restoreStep } from './step.ts';
import { goBack, repositoryOf } from './work.ts';

/** An undo: tags point again at what they pointed at before an operation, and those that were new are deleted. */
export function restoreKind(data: {
  trash: Trash;
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
    async run(steps, context) {
      const registry = registryOf(context.changes);
      for await (const page of steps.pages()) {
        for (const { number, step } of page) {
          context.signal.throwIfAborted();
          try {
            steps.done(number, await goBack(step, { ...context, ...data, registry }));
          } catch (error) {
            const failure = failureOf(error);
            // What failed for this one need not fail for the next one; a registry out of reach will.
            if (context.signal.aborted || failure.code === 'cancelled' || isHopeless(failure.code))
              throw error;
            steps.failed(number, failure);
          }
        }
      }
      return steps.outcome();
    },
  };
}
