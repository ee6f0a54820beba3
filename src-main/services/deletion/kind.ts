import { z } from 'zod';
import { type DeleteSubject, deleteSubject } from '../../common/deletion.ts';
import { count } from '../../common/units.ts';
import type { OperationKind } from '../operations/kind.ts';
import { registryOf } from '../place-handle.ts';
import { planRestoring } from '../restoring/plan.ts';
import { tagsText } from '../words.ts';
import { type DeletionPrepared, lookAgain } from './look.ts';
import { runDeletions } from './run.ts';
import { type DeletionStep, deletionStep } from './step.ts';
import { changesOf, type DeletionData } from './work.ts';

/** Of a plan's summary. */
const leaves = z.object({ staying: count });

/** Tags and manifests of one repository go; what they were is kept in the trash. */
export function deletionKind(
  data: DeletionData,
): OperationKind<DeleteSubject, DeletionStep, DeletionPrepared> {
  return {
    name: 'delete',
    subject: deleteSubject,
    step: deletionStep,
    goesOn: false,
    places: ({ place }) => ({ reads: [], changes: [place] }),
    words: ({ place, tags }) => `delete ${place.host}/${place.repository}: ${tagsText(tags)}`,
    changes: (one, { place }) => changesOf(one, place.repository),
    removes: ({ place, tags }, summary) => ({
      name: place.repository,
      tags: tags.length,
      // What cannot be read may be none.
      empties: tags.length > 0 && !(leaves.safeParse(summary).data?.staying ?? 0),
    }),
    async check({ basis, prepared, registries }, options) {
      const registry = registryOf(registries.changes);
      return { ...prepared, looked: await lookAgain(registry, basis, prepared, options) };
    },
    async run(steps, context) {
      const { prepared, subject } = context;
      await runDeletions(steps, context, data, {
        repositoryOf: () => subject.place.repository,
        looked: () => prepared?.looked,
      });
      return steps.outcome();
    },
    undo: ({ subject }, context) => planRestoring(subject.place, context),
  };
}
