import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComparedFile, FileDifference } from '../../src-main/common/comparison.ts';
import type { PagedRow } from '../lists/paged-rows.ts';
import { Bytes } from '../ui/bytes.tsx';
import { Chip } from '../ui/chip.tsx';
import { MiddleText } from '../ui/middle-text.tsx';
import { PendingCell } from '../ui/pending-cell.tsx';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import classes from './comparison.module.css';
import { StateMark } from './state-mark.tsx';

/** The columns of files that differ; the same array until the language changes. */
export function useFileColumns(): readonly VirtualColumn<PagedRow<FileDifference>>[] {
  const { t, i18n } = useTranslation();
  return useMemo(() => {
    const size = (side: 'left' | 'right'): VirtualColumn<PagedRow<FileDifference>> => ({
      id: side,
      header: t(side === 'left' ? 'comparison.sizeLeft' : 'comparison.sizeRight'),
      width: 80,
      align: 'end',
      cell: ({ item }) => <Size file={item?.[side]} />,
    });
    const aspectsOf = ({ aspects }: FileDifference) =>
      new Intl.ListFormat(i18n.language, { type: 'conjunction', style: 'narrow' }).format(
        aspects.map((aspect) => t(`comparison.fileAspects.${aspect}`)),
      );
    return [
      {
        id: 'change',
        header: t('comparison.state'),
        width: 104,
        cell: ({ item }) =>
          item && <StateMark state={item.change}>{t(`comparison.change.${item.change}`)}</StateMark>,
      },
      {
        id: 'path',
        header: t('comparison.path'),
        width: 200,
        grow: 3,
        cell: ({ item }) =>
          item ? (
            <span className={classes.path}>
              <MiddleText>{`/${item.path}`}</MiddleText>
              {item.uncertain && <Chip tone="warning">{t('comparison.uncertainMark')}</Chip>}
            </span>
          ) : (
            <PendingCell />
          ),
      },
      {
        id: 'aspects',
        header: t('comparison.differences'),
        width: 130,
        grow: 1,
        text: ({ item }) => item && aspectsOf(item),
        cell: ({ item }) => item && <span className={classes.quiet}>{aspectsOf(item)}</span>,
      },
      size('left'),
      size('right'),
    ];
  }, [t, i18n.language]);
}

function Size({ file }: { file: ComparedFile | undefined }) {
  if (!file) return <span className={classes.quiet}>–</span>;
  return file.type === 'file' || file.type === 'hardlink' ? <Bytes value={file.size} /> : null;
}
