import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '../settings/queries.ts';

interface Kept {
  /** Undefined: as the settings say. */
  chosen: boolean | undefined;
  choose: (keep: boolean) => void;
}

/** Whether what a plan takes away is kept whole before. */
export function useKeepContent(): Kept {
  const [chosen, choose] = useState<boolean>();
  return { chosen, choose };
}

export function KeepContent({ kept: { chosen, choose } }: { kept: Kept }) {
  const { t } = useTranslation();
  const { data } = useSettings();
  if (!data) return null;
  return (
    <Checkbox
      label={t('plans.keepContent')}
      description={t('plans.keepContentHelp', { size: data.keptGigabytes, count: data.keptDays })}
      checked={chosen ?? data.keepContent}
      onChange={(event) => choose(event.currentTarget.checked)}
    />
  );
}
