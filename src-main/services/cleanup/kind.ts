import { z } from 'zod';
import { type CleanupSubject, cleanupSubject, kindOfGoing } from '../../common/cleanup-run.ts';
import { checkMany, type ManyPrepared, runMany } from '../deletion/many.ts';
import { type DeletionStep, deletionStep } from '../deletion/step.ts';
import { changesOf, type DeletionData } from '../deletion/work.ts';
import type { OperationKind } from '../operations/kind.ts';
import { registryOf } from '../place-handle.ts';
import { planRestoring } from '../restoring/plan.ts';
import { counted, repositoriesText } from '../words.ts';

/** Of a plan's summary. */
const leaves = z.object({ emptied: z.array(z.string()) });

/** What rules take of a registry's repositories goes; what it was is kept in the trash. */
export function cleanupKind(data: DeletionData): OperationKind<CleanupSubject, DeletionStep, ManyPrepared> {
  return {
    name: 'cleanup',
    subject: cleanupSubject,
    step: deletionStep,
    goesOn: true,
    places: ({ place }) => ({ reads: [], changes: [place] }),
    words: ({ place, rules, repositories, going }) => {
      const kind = kindOfGoing(going);
      const amount = counted(going[kind], kind === 'tags' ? 'tag' : 'untagged manifest');
      return `clean up ${place.host} by ${rules.name}: ${amount} in ${repositoriesText(repositories)}`;
    },
    changes: (step) => changesOf(step, step.repository ?? ''),
    removes: ({ place, repositories, going }, summary) => {
      const [only] = repositories;
      return {
        name: repositories.length === 1 && only !== undefined ? only : place.host,
        tags: going.tags,
        // What cannot be read may be some.
        empties: going.tags > 0 && leaves.safeParse(summary).data?.emptied.length !== 0,
      };
    },
    async check({ basis, prepared, registries }) {
      checkMany(registryOf(registries.changes), basis);
      return prepared;
    },
    async run(steps, context) {
      await runMany(steps, context, data, { leavesAlone: true });
      return steps.outcome();
    },
    undo: ({ subject }, context) => planRestoring(subject.place, context),
  };
}
