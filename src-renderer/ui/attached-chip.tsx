import type { TFunction } from 'i18next';
import type { Referrer } from '../../src-main/common/referrers.ts';
import { Chip } from './chip.tsx';

export interface AttachedChipProps {
  /** Given, not asked for: a row that scrolls by must cost little. */
  t: TFunction;
  kind: Referrer['kind'];
}

/** Something is attached to an image. No tick and no colour of success: that it is there is all that is known of it. */
export function AttachedChip({ t, kind }: AttachedChipProps) {
  return <Chip hint={t('ui.attached.help')}>{t(`ui.attached.${kind}`)}</Chip>;
}
