import type { DeleteManyPlanning, DeletionPlanning } from '../../common/deletion.ts';
import type { PlanningPhase } from '../../engine/vocabulary/deletion.ts';
import { counted, statusLine } from './output.ts';

/** The step that work ends with, by its kind; on a terminal a line says how far it is meanwhile. */
export async function lastOf<Step extends { readonly kind: string }, Last extends Step['kind']>(
  steps: AsyncIterable<Step>,
  last: Last,
  textOf: (step: Exclude<Step, { kind: Last }>) => string,
): Promise<Extract<Step, { kind: Last }>> {
  try {
    for await (const step of steps) {
      if (step.kind === last) return step as Extract<Step, { kind: Last }>;
      statusLine.show(textOf(step as Exclude<Step, { kind: Last }>));
    }
  } finally {
    statusLine.clear();
  }
  throw new TypeError(`It ended without ${last}.`);
}

const PHASES: Readonly<Record<PlanningPhase, string>> = {
  tags: 'Looking at tags',
  contents: 'Looking at what they hold',
  attached: 'Looking for what is attached',
};

export const lookingText = ({ at, seen }: Extract<DeletionPlanning, { kind: 'looking' }>): string =>
  `${PHASES[at]}: ${seen.done} of ${seen.total}`;

export const lookingAtMany = ({
  repositories: { done, total },
}: Extract<DeleteManyPlanning, { kind: 'looking' }>): string =>
  `Planning: ${done} of ${counted(total, 'repository', 'repositories')}`;
