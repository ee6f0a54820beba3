import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { renamePlan } from '../../src-main/common/renaming.ts';
import type { PlanPageProps } from '../operation-kind.ts';
import { PlanFrame } from '../plans/plan-frame.tsx';
import { PlanLines } from '../plans/plan-lines.tsx';
import { Card } from '../ui/card.tsx';
import { Digest } from '../ui/digest.tsx';
import { namesText } from '../ui/names.ts';

/** Names in one line. */
const NAMED = 8;

/** What a rename would do: the new name, what becomes of the old one, and from where the new one moves. */
export function RenamePlanPage({ plan: given, from: origin }: PlanPageProps) {
  const { t } = useTranslation();
  const plan = useMemo(() => renamePlan.parse(given), [given]);
  const { place, from, to, digest } = plan.subject;
  const { replaces, siblings, aloneBy } = plan.summary;
  return (
    <PlanFrame
      plan={plan}
      from={origin}
      title={t('renaming.title', { from })}
      place={{ at: place }}
      notices={
        replaces !== undefined && (
          <Alert color="yellow" icon={<IconAlertTriangle size={18} />} mb="xs" data-testid="moving">
            {t('renaming.moves', { to })} <Digest value={replaces} />
          </Alert>
        )
      }
      summary={
        <Card title={t('plans.willHappen')} testId="plan">
          <PlanLines>
            <li>
              <strong>{t('renaming.put', { to })}</strong> <Digest value={digest} />
            </li>
            <li>
              <strong>{t('renaming.deleted', { from })}</strong>
              {aloneBy === 'placeholder' && <span>{t('renaming.byPlaceholder')}</span>}
            </li>
            {siblings.length > 0 && (
              <li>{t('renaming.stay', { count: siblings.length, tags: namesText(t, siblings, NAMED) })}</li>
            )}
            <li>{t('renaming.undo')}</li>
          </PlanLines>
        </Card>
      }
      sum={t('renaming.sum', { from, to })}
      start={{ label: t('renaming.start') }}
    />
  );
}
