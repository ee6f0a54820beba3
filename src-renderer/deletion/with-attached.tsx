import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DeletionPlan } from '../../src-main/common/deletion.ts';
import { useAttachedWords } from './attached-words.ts';

export interface WithAttachedProps {
  plan: DeletionPlan;
  onChange: (taken: boolean) => void;
}

/** Offers to delete the signatures of what goes and the tags that are about it. */
export function WithAttached({ plan: { attached }, onChange }: WithAttachedProps) {
  const { t } = useTranslation();
  const what = useAttachedWords(attached);
  // What the registry takes by itself is nothing to choose: it needs the second consent.
  if (what === '' || attached.byRegistry) return null;
  return (
    <Checkbox
      label={t('deletion.withAttached', { what })}
      checked={attached.taken}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}
