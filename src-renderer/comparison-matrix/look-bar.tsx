import { ActionIcon } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MatrixCounts, MatrixDefinition } from '../../src-main/common/comparison-matrix.ts';
import { Banner } from '../ui/banner.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { failureTitle } from '../ui/failure-words.ts';
import { formatCount } from '../ui/format.ts';
import { ReadingProgress } from '../ui/reading-progress.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import classes from './matrix.module.css';
import type { Look } from './use-look.ts';

export interface LookBarProps {
  definition: MatrixDefinition;
  counts: MatrixCounts | undefined;
  /** Of the sides. */
  names: readonly string[];
  look: Look;
}

/** On what the comparison rests: how old what is known of each side is, what is not known, and the way to know it. */
export function LookBar({ definition, counts, names, look }: LookBarProps) {
  const { t, i18n } = useTranslation();
  const format = (count: number) => formatCount(count, i18n.language);
  const { looking, running, error } = look;
  if (running) {
    const sides = looking?.sides ?? [];
    const [done, total] = (['done', 'total'] as const).map((part) =>
      sides.reduce((sum, { tags }) => sum + tags[part], 0),
    );
    const requests = sides.reduce((sum, side) => sum + side.requests, 0);
    return (
      <ReadingProgress
        text={t('comparisonMatrix.looking', {
          done: format(done ?? 0),
          total: format(total ?? 0),
          requests: format(requests),
        })}
        percent={total ? ((done ?? 0) / total) * 100 : 0}
        onCancel={look.stop}
      />
    );
  }
  const failed = looking?.sides.flatMap(({ failure, unread, firstUnread }, at) => {
    const why = failure ?? firstUnread;
    return why ? [{ name: names[at] ?? '', why, unread: failure ? 0 : unread }] : [];
  });
  return (
    <>
      {error !== undefined && <ErrorPanel error={error} />}
      {failed?.map(({ name, why, unread }) => (
        <Banner key={name} tone="warning" role="alert" data-failure={why.code}>
          {unread === 0
            ? t('comparisonMatrix.sideFailed', { name, why: failureTitle(t, why) })
            : t('comparisonMatrix.sideUnread', {
                name,
                count: unread,
                formatted: format(unread),
                why: failureTitle(t, why),
              })}
        </Banner>
      ))}
      <div className={classes.known} data-testid="sides-known">
        {counts?.sides.map(({ repositories, unlisted, asOf, whole }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a side is its position
          <span key={at}>
            <strong>{names[at]}</strong>{' '}
            {t('comparisonMatrix.repositories', { count: repositories, formatted: format(repositories) })}
            {asOf !== undefined && (
              <>
                {' · '}
                {t('comparisonMatrix.asOf')} <RelativeTime value={asOf} />
              </>
            )}
            {(unlisted > 0 || !whole) && (
              <span className={classes.warn}>
                {' · '}
                {unlisted > 0
                  ? t('comparisonMatrix.unlisted', { count: unlisted, formatted: format(unlisted) })
                  : t('comparisonMatrix.notWhole')}
              </span>
            )}
          </span>
        ))}
        <ActionIcon
          size={24}
          variant="subtle"
          color="gray"
          aria-label={t('comparisonMatrix.lookAgain')}
          data-hint={t('comparisonMatrix.lookAgain')}
          onClick={() => look.start(definition, 0)}
        >
          <IconRefresh size={14} />
        </ActionIcon>
      </div>
    </>
  );
}
