import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComparedPlatform } from '../../src-main/common/comparison.ts';
import { Bytes } from '../ui/bytes.tsx';
import { copyingOfRow, openingRow } from '../ui/row-commands.tsx';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import { VirtualTable } from '../ui/virtual-table.tsx';
import classes from './comparison.module.css';
import { platformKey } from './platform-pairs.ts';
import { StateMark } from './state-mark.tsx';
import { aspectList } from './words.ts';

const rowId = (row: ComparedPlatform) => `${platformKey(row)} ${row.left} ${row.right}`;

/** All platforms of both in one view; one that is opened is looked at alone. */
export function PlatformsTab({
  platforms,
  onChoose,
}: {
  platforms: readonly ComparedPlatform[];
  onChoose: (platform: ComparedPlatform) => void;
}) {
  const { t, i18n } = useTranslation();
  const columns = useMemo<readonly VirtualColumn<ComparedPlatform>[]>(() => {
    const howText = ({ state, verdict, differs }: ComparedPlatform) =>
      state === 'both' && verdict === 'different' ? aspectList(t, i18n.language, differs) : undefined;
    return [
      {
        id: 'platform',
        header: t('comparison.platform'),
        width: 140,
        cell: (row) => <span className={classes.mono}>{platformKey(row) || t('comparison.noPlatform')}</span>,
      },
      {
        id: 'result',
        header: t('comparison.result'),
        width: 150,
        cell: ({ state, verdict }) =>
          state === 'both' ? (
            <StateMark state={verdict}>{t(`comparison.verdicts.${verdict}`)}</StateMark>
          ) : (
            <StateMark state={state}>{t(`comparison.states.${state}`)}</StateMark>
          ),
      },
      {
        id: 'how',
        header: t('comparison.differences'),
        width: 160,
        grow: 1,
        text: howText,
        cell: howText,
      },
      {
        id: 'left',
        header: t('comparison.sizeLeft'),
        width: 84,
        align: 'end',
        cell: ({ state, bytes }) => state !== 'onlyRight' && <Bytes value={bytes.left} />,
      },
      {
        id: 'right',
        header: t('comparison.sizeRight'),
        width: 84,
        align: 'end',
        cell: ({ state, bytes }) => state !== 'onlyLeft' && <Bytes value={bytes.right} />,
      },
    ];
  }, [t, i18n.language]);
  return (
    <VirtualTable
      label={t('comparison.platformsLabel')}
      rows={platforms}
      rowId={rowId}
      rowName={platformKey}
      columns={columns}
      commands={(row) => [
        [openingRow(t, () => onChoose(row))],
        [row.left, row.right].flatMap((digest, at) =>
          digest === undefined
            ? []
            : copyingOfRow(at === 0 ? 'left' : 'right', t('common.copyDigest'), digest),
        ),
      ]}
      onOpen={onChoose}
    />
  );
}
