import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ErrorPanel } from '../ui/error-panel.tsx';

export interface PlanNoteProps {
  plan: { isPending: boolean; isError: boolean; error: unknown };
}

/** Below the fields of a dialog: that its plan is being made, or why there is none. */
export function PlanNote({ plan }: PlanNoteProps) {
  const { t } = useTranslation();
  if (plan.isError) return <ErrorPanel error={plan.error} />;
  if (!plan.isPending) return null;
  return (
    <Text fz="sm" c="dimmed" role="status">
      {t('transfers.planning')}
    </Text>
  );
}
