import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { deletionLine } from '../../src-main/common/deletion.ts';
import type { PlanItem } from '../../src-main/common/plan.ts';
import type { PagedRow } from '../lists/paged-rows.ts';
import { Digest } from '../ui/digest.tsx';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import classes from './deletion.module.css';

/** The columns of a deletion's lines, which are read where they are looked at. */
export function useManyColumns(): readonly VirtualColumn<PagedRow<PlanItem>>[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const read = ({ item }: PagedRow<PlanItem>) => deletionLine.safeParse(item).data;
    const repository = (row: PagedRow<PlanItem>) => read(row)?.repository ?? '…';
    const tags = (row: PagedRow<PlanItem>) => {
      const line = read(row);
      return line === undefined ? '' : line.tag !== undefined ? line.tag : (line.tags ?? []).join(', ');
    };
    return [
      {
        id: 'repository',
        header: t('storage.repository'),
        width: 150,
        grow: 3,
        text: repository,
        cell: (row) => <span className={classes.tag}>{repository(row)}</span>,
      },
      {
        id: 'tags',
        header: t('storage.tags'),
        width: 130,
        grow: 3,
        text: tags,
        cell: (row) =>
          tags(row) === '' && read(row) ? (
            <span className={classes.quiet}>{t('deletion.untagged')}</span>
          ) : (
            <span className={classes.tag}>{tags(row)}</span>
          ),
      },
      {
        id: 'becomes',
        header: t('deletion.columns.becomes'),
        width: 120,
        grow: 1,
        cell: (row) => {
          const line = read(row);
          return line && t(line.tag === undefined ? 'deletion.imageGoes' : 'deletion.many.imageStays');
        },
      },
      {
        id: 'digest',
        header: t('tags.digest'),
        width: 172,
        cell: (row) => {
          const line = read(row);
          return line && <Digest value={line.digest} />;
        },
      },
    ];
  }, [t]);
}
