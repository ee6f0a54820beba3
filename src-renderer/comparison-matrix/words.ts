import {
  IconArrowBarLeft,
  IconArrowBarRight,
  IconCircleCheck,
  IconEqualNot,
  IconHelpCircle,
} from '@tabler/icons-react';
import type { PairState } from '../../src-main/common/comparison-matrix.ts';

/** A shape for each state, beside its word. */
export const STATE_ICONS = {
  same: IconCircleCheck,
  different: IconEqualNot,
  onlyLeft: IconArrowBarLeft,
  onlyRight: IconArrowBarRight,
  unknown: IconHelpCircle,
} satisfies Record<PairState, typeof IconCircleCheck>;
