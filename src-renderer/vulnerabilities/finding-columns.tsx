import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComparedFinding } from '../../src-main/common/findings.ts';
import { SEVERITIES } from '../../src-main/engine/vocabulary/scanning.ts';
import { Chip } from '../ui/chip.tsx';
import { compareValues } from '../ui/sort.ts';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import { SeverityMark } from './severity.tsx';
import classes from './vulnerabilities.module.css';

/** @param compared there is another image to compare with */
export function useFindingColumns(compared: boolean): readonly VirtualColumn<ComparedFinding>[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const text = (
      id: 'package' | 'version' | 'fixed',
      header: string,
      width: number,
    ): VirtualColumn<ComparedFinding> => ({
      id,
      header,
      width,
      grow: 2,
      text: (row) => row[id],
      compare: (a, b, descending) => compareValues(a[id], b[id], descending),
      cell: (row) =>
        row[id] === undefined ? (
          <span className={classes.quiet}>{t('vulnerabilities.noFix')}</span>
        ) : (
          <span className={classes.mono}>{row[id]}</span>
        ),
    });
    return [
      {
        id: 'severity',
        header: t('vulnerabilities.severity'),
        width: 104,
        compare: (a, b, descending) =>
          compareValues(SEVERITIES.indexOf(a.severity), SEVERITIES.indexOf(b.severity), descending),
        cell: ({ severity }) => <SeverityMark t={t} severity={severity} />,
      },
      {
        id: 'id',
        header: t('vulnerabilities.id'),
        width: 150,
        grow: 1,
        text: ({ id }) => id,
        compare: (a, b, descending) => compareValues(a.id, b.id, descending),
        cell: ({ id, allowed }) => (
          <span className={classes.chips}>
            {id}
            {allowed && <Chip hint={t('vulnerabilities.allowedHelp')}>{t('vulnerabilities.allowed')}</Chip>}
          </span>
        ),
      },
      ...(compared
        ? [
            {
              id: 'change',
              header: t('vulnerabilities.change'),
              width: 92,
              compare: (a: ComparedFinding, b: ComparedFinding, descending: boolean) =>
                compareValues(a.change, b.change, descending),
              cell: ({ change }: ComparedFinding) => change && t(`vulnerabilities.changes.${change}`),
            },
          ]
        : []),
      text('package', t('vulnerabilities.package'), 130),
      text('version', t('vulnerabilities.version'), 110),
      text('fixed', t('vulnerabilities.fixed'), 110),
      {
        id: 'score',
        header: t('vulnerabilities.score'),
        // Its end is under the button that chooses columns.
        width: 72,
        descendingFirst: true,
        compare: (a, b, descending) => compareValues(a.score, b.score, descending),
        cell: ({ score }) => score,
      },
    ];
  }, [t, compared]);
}
