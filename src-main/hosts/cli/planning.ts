import type { DeleteManyPlanning, DeletionPlanning } from '../../common/deletion.ts';
import type { PlanningPhase } from '../../engine/vocabulary.ts';
import { counted, statusLine } from './output.ts';

interface Planned<Plan> {
  kind: 'plan';
  plan: Plan;
}

/** The plan that planning ends with; on a terminal a line says how far it is. */
export async function planOf<Looking extends { kind: 'looking' }, Plan>(
  planning: AsyncIterable<Looking | Planned<Plan>>,
  textOf: (looking: Looking) => string,
): Promise<Plan> {
  const isPlan = (step: Looking | Planned<Plan>): step is Planned<Plan> => step.kind === 'plan';
  try {
    for await (const step of planning) {
      if (isPlan(step)) return step.plan;
      statusLine.show(textOf(step));
    }
  } finally {
    statusLine.clear();
  }
  throw new TypeError('Planning ended without a plan.');
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
