import { z } from 'zod';
import { type DeleteManySubject, deleteManySubject } from '../../common/deletion.ts';
import { count } from '../../common/units.ts';
import type { OperationKind } from '../operations/kind.ts';
import { registryOf } from '../place-handle.ts';
import { planRestoring } from '../restoring/plan.ts';
import { counted, repositoriesText } from '../words.ts';
import { lookAtFew } from './look.ts';
import { checkMany, type ManyPrepared, runMany } from './many.ts';
import { type DeletionStep, deletionStep } from './step.ts';
import { changesOf, type DeletionData } from './work.ts';

/** Of a plan's summary. */
const leaves = z.object({ repositories: z.array(z.object({ tags: count, staying: count })) });

/** Tags and manifests of several repositories go, as one operation that can be taken back as one. */
export function deleteManyKind(
  data: DeletionData,
): OperationKind<DeleteManySubject, DeletionStep, ManyPrepared> {
  return {
    name: 'deleteMany',
    subject: deleteManySubject,
    step: deletionStep,
    goesOn: false,
    places: ({ place }) => ({ reads: [], changes: [place] }),
    words: ({ place, repositories, tags }) =>
      `delete ${counted(tags, 'tag')} of ${repositoriesText(repositories)} of ${place.host}`,
    changes: (step) => changesOf(step, step.repository ?? ''),
    removes: ({ place, repositories, tags }, summary) => {
      const [only] = repositories;
      const name = repositories.length === 1 && only !== undefined ? only : place.host;
      const planned = leaves.safeParse(summary).data?.repositories;
      // What cannot be read may be none.
      const empties = planned?.some((one) => one.tags > 0 && one.staying === 0) ?? true;
      return { name, tags, empties: empties && tags > 0 };
    },
    async check({ basis, prepared, registries }, options) {
      const registry = registryOf(registries.changes);
      checkMany(registry, basis);
      if (prepared) await lookAtFew(registry, prepared, options);
      return prepared;
    },
    async run(steps, context) {
      await runMany(steps, context, data);
      return steps.outcome();
    },
    undo: ({ subject }, context) => planRestoring(subject.place, context),
  };
}
