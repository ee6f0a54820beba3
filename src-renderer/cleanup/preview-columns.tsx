import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Bytes } from '../ui/bytes.tsx';
import { DateAge } from '../ui/date-age.tsx';
import { compareValues } from '../ui/sort.ts';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import classes from './cleanup.module.css';
import { Outcome } from './outcome.tsx';
import type { PreviewRow } from './queries.ts';
import { whyText } from './words.ts';

/** Columns of a preview; the repository where there is more than one. The same array until the rows or the language change. */
export function usePreviewColumns(rows: readonly PreviewRow[]): readonly VirtualColumn<PreviewRow>[] {
  const { t, i18n } = useTranslation();
  const isMany = rows.some(({ repository }) => repository !== rows[0]?.repository);
  return useMemo(
    () => [
      ...(isMany
        ? [
            {
              id: 'repository',
              header: t('cleanup.column.repository'),
              width: 120,
              grow: 2,
              text: ({ repository }: PreviewRow) => repository,
              cell: ({ repository }: PreviewRow) => repository,
              compare: (a: PreviewRow, b: PreviewRow, descending: boolean) =>
                compareValues(a.repository, b.repository, descending),
            },
          ]
        : []),
      {
        id: 'tag',
        header: t('cleanup.column.tag'),
        width: 130,
        grow: 2,
        text: ({ tag }) => tag,
        cell: ({ tag }) => <span className={classes.mono}>{tag}</span>,
        compare: (a, b, descending) => compareValues(a.tag, b.tag, descending),
      },
      {
        id: 'becomes',
        header: t('cleanup.column.becomes'),
        width: 92,
        cell: (row) => {
          const state = row.reason === 'unknown' ? 'unknown' : row.keep ? 'kept' : 'going';
          return <Outcome state={state} word={t(`cleanup.outcomes.${state}`)} />;
        },
        compare: (a, b, descending) => compareValues(Number(a.keep), Number(b.keep), descending),
      },
      {
        id: 'why',
        header: t('cleanup.column.why'),
        width: 180,
        grow: 4,
        text: (row) => whyText(t, row),
        cell: (row) => whyText(t, row),
        compare: (a, b, descending) => compareValues(whyText(t, a), whyText(t, b), descending),
      },
      {
        id: 'created',
        header: t('cleanup.column.created'),
        width: 124,
        descendingFirst: true,
        cell: ({ created }) =>
          created === undefined ? (
            <span className={classes.quiet}>{t('cleanup.noDate')}</span>
          ) : (
            <DateAge value={created} t={t} language={i18n.language} />
          ),
        compare: (a, b, descending) => compareValues(a.created, b.created, descending),
      },
      {
        id: 'size',
        header: t('cleanup.column.size'),
        width: 84,
        align: 'end',
        descendingFirst: true,
        cell: ({ size }) => size !== undefined && <Bytes value={size} />,
        compare: (a, b, descending) => compareValues(a.size, b.size, descending),
      },
    ],
    [t, i18n.language, isMany],
  );
}
