import { Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export interface PlanningProps {
  /** What is looked at, once that is known. */
  text: string | undefined;
  seen: { done: number; total: number } | undefined;
}

/** How far looking is before there is a plan. */
export function Planning({ text, seen = { done: 0, total: 0 } }: PlanningProps) {
  const { t } = useTranslation();
  const { done, total } = seen;
  return (
    <div role="status" aria-busy="true">
      <Text fz="sm" mb={8} style={{ fontVariantNumeric: 'tabular-nums' }}>
        {text ?? t('deletion.planning')}
      </Text>
      <Progress.Root size={6}>
        <Progress.Section value={total > 0 ? (done / total) * 100 : 0} aria-label={t('deletion.planning')} />
      </Progress.Root>
      <Text fz="sm" c="dimmed" mt={8}>
        {t('deletion.planningHelp')}
      </Text>
    </div>
  );
}
