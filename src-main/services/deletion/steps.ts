import type { DeleteStep } from '../../engine/index.ts';
import type { DeletionStep } from './step.ts';

/** As they are journalled: what stays of a digest is noted with the first tag of it that goes. */
export function stepsOf(steps: readonly DeleteStep[]): DeletionStep[] {
  const named = new Set<string>();
  return steps.map((step) => {
    if (step.kind === 'deleteManifest') {
      const { takes, after, attached, ...whole } = step;
      return {
        ...whole,
        tags: [...step.tags],
        ...(takes ? { takes: takes.map(({ digest, tags }) => ({ digest, tags: [...tags] })) } : {}),
        ...(after ? { after: [...after] } : {}),
        ...(attached ? { attached: [...attached] } : {}),
      };
    }
    const { siblings, ...alone } = step;
    if (!siblings || named.has(step.digest)) return alone;
    named.add(step.digest);
    return { ...alone, siblings: [...siblings] };
  });
}

/** States of the lines of a deletion. */
export const DELETION_STATES = ['tag', 'manifest'] as const;

export const stateOf = ({ kind }: DeletionStep): (typeof DELETION_STATES)[number] =>
  kind === 'deleteTag' ? 'tag' : 'manifest';
