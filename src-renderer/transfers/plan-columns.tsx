import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../src-main/contract/errors.ts';
import type { PlanItem } from '../../src-main/contract/transfers.ts';
import { Digest } from '../ui/digest.tsx';
import type { VirtualColumn } from '../ui/virtual-table.tsx';
import classes from './pages.module.css';

interface Ends {
  source: { repository: string; reference: string };
  target: { repository: string; tag: string };
}

function sourceText({ source }: Ends): string {
  return `${source.repository}:${source.reference}`;
}

function targetText({ target }: Ends): string {
  return `${target.repository}:${target.tag}`;
}

/** Where a tag comes from and where it goes. */
export function useEndColumns(): readonly VirtualColumn<Ends>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      {
        id: 'source',
        header: t('transferPages.source'),
        width: 150,
        grow: 3,
        text: sourceText,
        cell: (ends) => <span className={classes.mono}>{sourceText(ends)}</span>,
      },
      {
        id: 'target',
        header: t('transferPages.target'),
        width: 150,
        grow: 3,
        text: targetText,
        cell: (ends) => <span className={classes.mono}>{targetText(ends)}</span>,
      },
    ],
    [t],
  );
}

/** The columns of a plan's tags; the same array until the language changes. */
export function usePlanColumns(): readonly VirtualColumn<PlanItem>[] {
  const { t } = useTranslation();
  const ends = useEndColumns();
  return useMemo<readonly VirtualColumn<PlanItem>[]>(() => {
    const why = (failure: Failure) =>
      [t(`errors.${failure.code}.title`), failure.side && t(`operations.side.${failure.side}`)]
        .filter((part) => part !== undefined)
        .join(', ');
    return [
      ...ends,
      {
        id: 'verdict',
        header: t('transferPages.verdict'),
        width: 150,
        grow: 2,
        text: ({ verdict, failure }) => (failure ? why(failure) : t(`transferPages.verdictHelp.${verdict}`)),
        cell: ({ verdict, failure }) => (
          <span className={classes.verdict} data-verdict={verdict}>
            {t(`transferPages.verdicts.${verdict}`)}
            {failure && <span className={classes.quiet}>: {why(failure)}</span>}
          </span>
        ),
      },
      {
        id: 'digest',
        header: t('tags.digest'),
        width: 176,
        cell: ({ digest }) => digest !== undefined && <Digest value={digest} />,
      },
    ];
  }, [t, ends]);
}
