import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DeletionSummary } from '../../src-main/common/deletion.ts';
import { useAttachedWords } from './attached-words.ts';

export interface WithAttachedProps {
  attached: DeletionSummary['attached'];
  onChange: (taken: boolean) => void;
}

/** Offers to delete the signatures of what goes and the tags that are about it. */
export function WithAttached({ attached, onChange }: WithAttachedProps) {
  const { t } = useTranslation();
  const what = useAttachedWords(attached);
  // What the registry takes by itself is nothing to choose: it needs the second consent.
  if (what === '' || attached.byRegistry) return null;
  return (
    <Checkbox
      mt="sm"
      label={t('deletion.withAttached', { what })}
      checked={attached.taken}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}
