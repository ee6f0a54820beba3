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

export function KeepContent({
  kept: { chosen, choose },
  of,
}: {
  kept: Kept;
  /** The settings are about what is deleted; what is overwritten is kept where that is asked for. */
  of: 'deleted' | 'overwritten';
}) {
  const { t } = useTranslation();
  const { data } = useSettings();
  if (!data) return null;
  const isDeleted = of === 'deleted';
  const limits = { size: data.keptGigabytes, count: data.keptDays };
  return (
    <Checkbox
      label={t(isDeleted ? 'plans.keepContent' : 'plans.keepOverwritten')}
      description={t(isDeleted ? 'plans.keepContentHelp' : 'plans.keepOverwrittenHelp', limits)}
      checked={chosen ?? (isDeleted && data.keepContent)}
      onChange={(event) => choose(event.currentTarget.checked)}
    />
  );
}
