import type { ImageConfig } from '../model/image.ts';
import { align } from './align.ts';
import { holdsSecret } from './secret-looking.ts';

type Step = ImageConfig['history'][number];

export interface HistoryRow {
  /** `dates`: the same step at another time. */
  state: 'same' | 'dates' | 'onlyLeft' | 'onlyRight';
  left?: Step;
  right?: Step;
  secret?: true;
}

/** Steps of two builds beside each other, by what they did. */
export async function alignHistory(
  left: readonly Step[],
  right: readonly Step[],
  signal?: AbortSignal,
): Promise<HistoryRow[]> {
  const aligned = await align(left.map(didOf), right.map(didOf), signal);
  return aligned.map((at): HistoryRow => {
    const one = at.left === undefined ? undefined : left[at.left];
    const other = at.right === undefined ? undefined : right[at.right];
    const secret = [one, other].some((step) => step?.createdBy !== undefined && holdsSecret(step.createdBy));
    return {
      state: !one ? 'onlyRight' : !other ? 'onlyLeft' : one.created === other.created ? 'same' : 'dates',
      ...(one ? { left: one } : {}),
      ...(other ? { right: other } : {}),
      ...(secret ? { secret } : {}),
    };
  });
}

const didOf = ({ createdBy, comment, layer }: Step): string =>
  JSON.stringify([createdBy, comment, layer !== undefined]);
