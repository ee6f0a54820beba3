import { Alert, Checkbox, Text } from '@mantine/core';
import { IconAlertTriangle, IconTrash } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import {
  CLEANUP_STATES,
  type CleanupSummary,
  cleanupPlan,
  kindOfGoing,
} from '../../src-main/common/cleanup-run.ts';
import { whenFreed } from '../collection/when-freed.ts';
import { Effect, Effects } from '../deletion/effects.tsx';
import { freedInChildren } from '../deletion/freed-in-children.ts';
import type { PlanPageProps } from '../operation-kind.ts';
import { PlanFrame } from '../plans/plan-frame.tsx';
import { formatBytes, formatCount, shortDigest } from '../ui/format.ts';
import { namesText } from '../ui/names.ts';
import classes from './cleanup.module.css';
import { usePlanColumns } from './plan-columns.tsx';

/** Names in one line. */
const NAMED = 6;

/** What a cleanup would do: each line with the rule that decided it. */
export function CleanupPlanPage({ plan: given, from }: PlanPageProps) {
  const { t, i18n } = useTranslation();
  const plan = useMemo(() => cleanupPlan.parse(given), [given]);
  const columns = usePlanColumns();
  const { summary, subject, items } = plan;
  const { going, rules, place } = subject;
  const words = (count: number) => ({ count, formatted: formatCount(count, i18n.language) });
  const kind = kindOfGoing(going);
  const goes = (items.by.delete ?? 0) > 0;
  const bytes = formatBytes(summary.bytesFreed);
  return (
    <PlanFrame
      plan={plan}
      from={from}
      title={t('cleanup.planTitle', { rules: rules.name })}
      place={{ at: place }}
      takesContent="deleted"
      notices={!goes && <p className={classes.nothing}>{t('cleanup.nothing')}</p>}
      summary={
        (goes || summary.unlooked.length > 0 || summary.refilled.length > 0) && (
          <Effects>
            {goes && (
              <>
                <Effect title={t(`cleanup.goes.${kind}`, words(going[kind]))}>
                  {t('cleanup.inRepositories', words(subject.repositories.length))}
                </Effect>
                <Effect
                  title={t(summary.bytesAtMost ? 'deletion.bytesFreedAtMost' : 'deletion.bytesFreed', {
                    bytes,
                  })}
                >
                  {whenFreed(t, summary.garbageCollection)}
                  {freedInChildren(t, summary)}
                </Effect>
                <Effect title={t('deletion.undo')}>
                  {t('deletion.undoable')}
                  {summary.countsPulls && ` ${t('deletion.countsPulls')}`}
                </Effect>
              </>
            )}
            {summary.unlooked.length > 0 && (
              <Effect title={t('cleanup.unlooked', words(summary.unlooked.length))}>
                {namesText(
                  t,
                  summary.unlooked.map(({ repository }) => repository),
                  NAMED,
                )}
              </Effect>
            )}
            {summary.refilled.length > 0 && (
              <Effect title={t('deletion.cache')}>{namesText(t, summary.refilled, NAMED)}</Effect>
            )}
          </Effects>
        )
      }
      consent={(consent, onChange) => <Consent summary={summary} given={consent} onChange={onChange} />}
      sum={
        <>
          {goes &&
            [
              t(kind === 'tags' ? 'selection.tags' : 'collection.plan.manifests', words(going[kind])),
              t(summary.bytesAtMost ? 'storage.freedAtMost' : 'storage.freed', { bytes }),
            ].join(' · ')}
          {summary.emptied.length > 0 && (
            <Text fz="sm" c="red" data-testid="empties">
              {t('cleanup.empties', { repositories: namesText(t, summary.emptied, NAMED) })}
            </Text>
          )}
        </>
      }
      items={{
        label: t('cleanup.itemsLabel'),
        states: CLEANUP_STATES.map((value) => ({ value, label: t(`cleanup.states.${value}`) })),
        columns,
        empty: t('cleanup.noneShown'),
      }}
      start={{
        label: t(`cleanup.start.${kind}`, words(going[kind])),
        reason: goes ? undefined : t('cleanup.nothing'),
        icon: <IconTrash size={14} />,
        danger: true,
      }}
    />
  );
}

interface ConsentProps {
  summary: CleanupSummary;
  given: boolean;
  onChange: (given: boolean) => void;
}

/** What may go or break that no rule names, and the second consent to it. */
function Consent({ summary: { sideEffects }, given, onChange }: ConsentProps) {
  const { t } = useTranslation();
  return (
    <Alert color="red" icon={<IconAlertTriangle size={18} />} data-testid="consent" title={t('plans.beyond')}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <ul className={classes.beyond} tabIndex={0} aria-label={t('plans.beyond')}>
        {sideEffects.map(({ repository, alsoRemoved, unseen, unread, indexes }) => (
          <li key={repository}>
            <span className={classes.mono}>{repository}</span>{' '}
            {[
              alsoRemoved.length > 0 && t('cleanup.also', { tags: namesText(t, alsoRemoved, NAMED) }),
              indexes.length > 0 &&
                t('cleanup.breaks', { indexes: namesText(t, indexes.map(shortDigest), NAMED) }),
              unseen.length > 0 && t('cleanup.unseen', { tags: namesText(t, unseen, NAMED) }),
              unread.length > 0 && t('cleanup.unread', { tags: namesText(t, unread, NAMED) }),
            ]
              .filter(Boolean)
              .join(' ')}
          </li>
        ))}
      </ul>
      <Checkbox
        mt={8}
        color="red"
        label={t('cleanup.consent')}
        checked={given}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </Alert>
  );
}
