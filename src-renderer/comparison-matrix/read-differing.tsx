import { Button } from '@mantine/core';
import { IconFileSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { MatrixDefinition, MatrixFilter } from '../../src-main/common/comparison-matrix.ts';
import { Banner } from '../ui/banner.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { failureTitle } from '../ui/failure-words.ts';
import { formatCount } from '../ui/format.ts';
import { ReadingProgress } from '../ui/reading-progress.tsx';
import { matrixQueries } from './queries.ts';
import { useRead } from './use-read.ts';

export interface ReadDifferingProps {
  definition: MatrixDefinition;
  other: number;
}

/** A look says that tags differ, and no more: what their manifests say is read when it is asked for. Nothing where all of it is known. */
export function ReadDiffering({ definition, other }: ReadDifferingProps) {
  const { t, i18n } = useTranslation();
  const filter = useMemo<MatrixFilter>(() => ({ other, states: ['different'], text: '' }), [other]);
  const unread = useQuery(matrixQueries.unread(definition, filter));
  const { reading, running, error, start, stop } = useRead(definition, filter);
  const words = (count: number) => ({ count, formatted: formatCount(count, i18n.language) });
  if (running) {
    const { done = 0, total = 0 } = reading?.manifests ?? {};
    return (
      <ReadingProgress
        text={t('comparisonMatrix.reading', {
          done: formatCount(done, i18n.language),
          total: formatCount(total, i18n.language),
        })}
        percent={total === 0 ? 0 : (100 * done) / total}
        onCancel={stop}
      />
    );
  }
  const manifests = unread.data?.manifests ?? 0;
  return (
    <>
      {unread.isError && <ErrorPanel error={unread.error} onRetry={() => void unread.refetch()} />}
      {error !== undefined && <ErrorPanel error={error} onRetry={start} />}
      {manifests > 0 && (
        <Banner
          actions={
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconFileSearch size={14} />}
              onClick={start}
            >
              {t('comparisonMatrix.read')}
            </Button>
          }
        >
          {t('comparisonMatrix.unread', words(manifests))}
          {reading?.firstFailure &&
            ` ${t('comparisonMatrix.readFailed', {
              ...words(reading.failed),
              why: failureTitle(t, reading.firstFailure),
            })}`}
        </Banner>
      )}
    </>
  );
}
