import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { HistoryRow } from '../../src-main/common/audit.ts';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { formatExact } from '../ui/format.ts';
import classes from './activity.module.css';
import { fieldWords, valueText } from './own-change.ts';
import { activityQueries } from './queries.ts';
import { RecordedFacts } from './recorded.tsx';
import { useChangeLine } from './use-live.ts';

export interface OwnChangeDetailsProps {
  /** Number of its entry. */
  sequence: number | undefined;
  onClose: () => void;
}

/** What of the app's own was changed: each field as it was and as it is. */
export function OwnChangeDetails({ sequence, onClose }: OwnChangeDetailsProps) {
  const { t } = useTranslation();
  const line = useChangeLine();
  const { data: row, error } = useQuery(
    activityQueries.one(sequence === undefined ? undefined : { sequence }),
  );
  return (
    <Dialog
      opened={sequence !== undefined && (row !== undefined || error !== null)}
      wide
      onClose={onClose}
      title={row ? line(row) : t('activity.title')}
    >
      {row ? <Body row={row} /> : <ErrorPanel error={error} />}
    </Dialog>
  );
}

function Body({ row }: { row: HistoryRow }) {
  const { t, i18n } = useTranslation();
  const { fields = [], secrets = [] } = row.settings ?? {};
  const text = (field: string, value: unknown) => valueText(t, field, value) ?? t('activity.own.none');
  return (
    <Facts>
      <Fact name={t('activity.when')}>{formatExact(new Date(row.at), i18n.language)}</Fact>
      <RecordedFacts row={row} />
      {fields.map(({ field, before, after }) => (
        <Fact key={field} name={fieldWords(t, field)}>
          {row.event === 'added' ? (
            text(field, after)
          ) : (
            <span className={classes.went}>
              {text(field, before)} → {text(field, after)}
            </span>
          )}
        </Fact>
      ))}
      {secrets.map((secret) => (
        <Fact key={secret} name={fieldWords(t, secret)}>
          {t('activity.own.given')}
        </Fact>
      ))}
    </Facts>
  );
}
