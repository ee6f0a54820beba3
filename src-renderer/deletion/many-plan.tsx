import { IconTrash } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type DeleteManySummary, deleteManyPlan } from '../../src-main/common/deletion.ts';
import { whenFreed } from '../collection/when-freed.ts';
import type { PlanPageProps } from '../operation-kind.ts';
import { PlanFrame } from '../plans/plan-frame.tsx';
import { formatBytes, formatCount } from '../ui/format.ts';
import { type Beyond, Consent } from './consent.tsx';
import { Effect, Effects } from './effects.tsx';
import { useManyColumns } from './many-columns.tsx';
import { RepositoriesPlanned } from './repositories-planned.tsx';

/** What a deletion in several repositories would do: each repository, then every line. */
export function DeleteManyPlanPage({ plan: given, from }: PlanPageProps) {
  const { t, i18n } = useTranslation();
  const plan = useMemo(() => deleteManyPlan.parse(given), [given]);
  const columns = useManyColumns();
  const { summary, subject, items } = plan;
  const words = (count: number) => ({ count, formatted: formatCount(count, i18n.language) });
  return (
    <PlanFrame
      plan={plan}
      from={from}
      title={t('deletion.many.title', words(subject.repositories.length))}
      place={{ at: subject.place }}
      summary={
        <>
          <Effects>
            <Effect title={t('deletion.manifests', words(subject.manifests))}>
              {t('deletion.many.tags', words(subject.tags))}
            </Effect>
            <FreedMany summary={summary} />
            <Effect title={t('deletion.undo')}>
              {t('deletion.undoable')}
              {summary.countsPulls && ` ${t('deletion.countsPulls')}`}
            </Effect>
          </Effects>
          <RepositoriesPlanned repositories={summary.repositories} />
        </>
      }
      consent={(consent, onChange) => (
        <Consent beyond={beyondOf(summary)} given={consent} onChange={onChange} />
      )}
      sum={t('deletion.many.sum', {
        ...words(subject.tags),
        repositories: t('deletion.many.repositories', { count: subject.repositories.length }),
      })}
      takesContent="deleted"
      items={{
        label: t('deletion.itemsLabel'),
        states: [
          { value: 'manifest', label: t('deletion.states.images') },
          { value: 'tag', label: t('deletion.states.tags') },
        ],
        columns,
        empty: t('deletion.nothing'),
      }}
      start={{
        label: t('deletion.title', { what: t('selection.tags', words(subject.tags)) }),
        reason: items.total === 0 ? t('deletion.nothing') : undefined,
        icon: <IconTrash size={14} />,
        danger: true,
      }}
    />
  );
}

/** What becomes free: in the whole registry where that is known, else in each repository for itself. */
function FreedMany({ summary }: { summary: DeleteManySummary }) {
  const { t } = useTranslation();
  const { repositories, inRegistry, garbageCollection } = summary;
  const own = repositories.reduce(
    (sum, { bytesFreed, bytesInChildren }) => sum + bytesFreed + bytesInChildren,
    0,
  );
  const isBound = inRegistry ? inRegistry.atMost : true;
  const bytes = formatBytes(inRegistry?.bytes ?? own);
  return (
    <Effect title={t(isBound ? 'deletion.bytesFreedAtMost' : 'deletion.bytesFreed', { bytes })}>
      {whenFreed(t, garbageCollection)}{' '}
      {!inRegistry
        ? t('deletion.many.unscanned')
        : inRegistry.stillHeld.elsewhere > 0 &&
          t('deletion.many.heldElsewhere', { bytes: formatBytes(inRegistry.stillHeld.elsewhere) })}
    </Effect>
  );
}

/** Names with their repositories. */
function beyondOf({ repositories }: DeleteManySummary): Beyond {
  const named = (pick: (one: DeleteManySummary['repositories'][number]) => readonly string[]) =>
    repositories.flatMap((one) => pick(one).map((tag) => `${one.repository}:${tag}`));
  return {
    alsoRemoved: named(({ alsoRemoved }) => alsoRemoved),
    unseen: named(({ unseen, needsConsent }) => (needsConsent ? unseen : [])),
    unread: named(({ unread, needsConsent }) => (needsConsent ? unread : [])),
    broken: repositories.flatMap(({ repository, broken }) =>
      broken.map(({ digest, tags }) => ({ digest, tags: tags.map((tag) => `${repository}:${tag}`) })),
    ),
    attached: {
      byRegistry: repositories.some(({ attached }) => attached.byRegistry),
      manifests: repositories.reduce((sum, { attached }) => sum + attached.manifests, 0),
      tags: named(({ attached }) => attached.tags),
    },
  };
}
