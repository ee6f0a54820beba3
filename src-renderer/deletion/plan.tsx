import { Checkbox, Switch, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { deletionPlan, type DeletionSummary as Summary } from '../../src-main/common/deletion.ts';
import { accountOf } from '../../src-main/common/place.ts';
import type { PlanPageProps } from '../operation-kind.ts';
import { PlanFrame } from '../plans/plan-frame.tsx';
import { useReplan } from '../plans/use-replan.ts';
import { chosenText } from '../selection/chosen-text.ts';
import { choiceOf } from '../storage/choice.ts';
import { Freed } from '../storage/freed.tsx';
import { formatBytes, formatCount } from '../ui/format.ts';
import { useAttachedWords } from './attached-words.ts';
import type { Attaching } from './columns.tsx';
import { Consent } from './consent.tsx';
import { DeletionSummary } from './deletion-summary.tsx';
import { PlanTable } from './plan-table.tsx';
import { brokenIndexes, tagsGone, untaggedGone } from './plan-words.ts';
import { rowsOf } from './rows.ts';
import { LeftOut, Spared } from './spared.tsx';

type Change = ReturnType<typeof useReplan>['change'];

/** What a deletion would do. What goes beyond the tags that were chosen needs a second consent of its own. */
export function DeletionPlanPage({ plan: given, from }: PlanPageProps) {
  const { t, i18n } = useTranslation();
  const plan = useMemo(() => deletionPlan.parse(given), [given]);
  const { summary, items } = plan;
  const rows = useMemo(() => rowsOf(summary), [summary]);
  const gone = useMemo(() => tagsGone(summary), [summary]);
  const navigate = useNavigate();
  const { change } = useReplan(plan, from);
  const attaching = useMemo(() => attachingOf(summary, change), [summary, change]);
  const { repository } = plan.subject.place;
  const accountId = accountOf(plan.subject.place);
  const words = (count: number) => ({ count, formatted: formatCount(count, i18n.language) });
  const empties = gone.size > 0 && summary.staying === 0;
  // The page of an image that is being deleted is nothing to go back to.
  const fromImage = from !== undefined && /^\/registries\/[^/]+\/image\?/.test(from);
  const manifests = untaggedGone(summary);
  const what = (tags: number) => chosenText(t, i18n.language, { tags, manifests });
  const sum = [
    what(gone.size),
    ...(summary.manifests.length > 0
      ? [
          t('selection.images', words(summary.manifests.length)),
          t(summary.bytesAtMost ? 'storage.freedAtMost' : 'storage.freed', {
            bytes: formatBytes(summary.bytesFreed),
          }),
        ]
      : []),
  ].join(' · ');
  return (
    <PlanFrame
      plan={plan}
      from={from}
      title={t('deletion.title', { what: what(gone.size > 0 ? gone.size : summary.asked.length) })}
      place={{ at: plan.subject.place }}
      notices={
        <>
          {items.total === 0 && summary.spared.length === 0 && summary.blocked.length === 0 && (
            <Text fz="sm">{t(summary.leftOut.length > 0 ? 'deletion.nothingLeft' : 'deletion.nothing')}</Text>
          )}
          <Spared spared={summary.spared} />
          <LeftOut leftOut={summary.leftOut} />
        </>
      }
      summary={
        (items.total > 0 || summary.blocked.length > 0) && (
          <DeletionSummary
            summary={summary}
            {...(accountId !== undefined &&
              gone.size > 0 && {
                inRegistry: <Freed accountId={accountId} choice={choiceOf(repository, gone)} />,
              })}
          />
        )
      }
      consent={(consent, onChange) => (
        <Consent
          beyond={{ ...summary, broken: brokenIndexes(summary) }}
          given={consent}
          onChange={onChange}
        />
      )}
      sum={
        <>
          {sum}
          {empties && (
            <Text fz="sm" c="red" data-testid="empties">
              {t('deletion.empties', { repository })}
            </Text>
          )}
        </>
      }
      takesContent="deleted"
      {...(fromImage &&
        accountId !== undefined && {
          onStarted: () =>
            void navigate({
              to: '/registries/$accountId/tags',
              params: { accountId },
              search: { repository },
              replace: true,
            }),
        })}
      start={{
        label: t('deletion.title', { what: what(gone.size) }),
        reason: items.total === 0 ? t('deletion.nothing') : undefined,
        icon: <IconTrash size={14} />,
        danger: true,
      }}
    >
      {(rows.length > 0 || summary.whole) && (
        <PlanTable rows={rows} attaching={attaching}>
          <Choices plan={plan} change={change} />
        </PlanTable>
      )}
    </PlanFrame>
  );
}

/** Of each image whether what is attached to it goes as well; undefined where that is nothing to choose. */
function attachingOf({ manifests, attached }: Summary, change: Change): Attaching | undefined {
  if (!change || attached.byRegistry) return undefined;
  const all = manifests.filter(({ referrers }) => referrers.length > 0).map(({ digest }) => digest);
  const taken = new Set(attached.taken ? all : attached.of);
  return {
    isTaken: (digest) => taken.has(digest),
    take(digest, isTaken) {
      const next = isTaken ? [...taken, digest] : [...taken].filter((other) => other !== digest);
      change({ attached: next });
    },
  };
}

interface ChoicesProps {
  plan: ReturnType<typeof deletionPlan.parse>;
  change: Change;
}

/** What can be chosen about a deletion: each choice is a plan of its own. Nothing where no one knows any more what was asked for. */
function Choices({ plan, change }: ChoicesProps) {
  const { t } = useTranslation();
  const { attached, whole, tagsAlone, alsoRemoved } = plan.summary;
  const what = useAttachedWords(attached);
  if (!change) return null;
  const hasOthers = alsoRemoved.length > 0 || tagsAlone.some(({ siblings }) => siblings.length > 0);
  return (
    <>
      {/* What the registry takes by itself is nothing to choose: it needs the second consent. */}
      {what !== '' && !attached.byRegistry && (
        <Checkbox
          label={t('deletion.withAttached', { what })}
          checked={attached.taken}
          indeterminate={!attached.taken && (attached.of ?? []).length > 0}
          onChange={(event) => change({ attached: event.currentTarget.checked })}
        />
      )}
      {(whole || hasOthers) && (
        <Switch
          size="xs"
          label={t('deletion.whole')}
          checked={whole}
          onChange={(event) => change({ whole: event.currentTarget.checked })}
        />
      )}
    </>
  );
}
