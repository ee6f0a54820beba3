import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from '../lists/list-page.module.css';
import { formatCount } from '../ui/format.ts';
import type { Sort } from '../ui/sort.ts';
import type { WantedDetails } from './use-wanted-details.ts';

export interface DetailsNoteProps {
  sort: Sort | undefined;
  total: number;
  known: number;
  wanted: WantedDetails;
}

/** Tells when an order rests on details that are not all known, offers to load them all and says how far that is. */
export function DetailsNote({ sort, total, known, wanted }: DetailsNoteProps) {
  const { t, i18n } = useTranslation();
  const byDetails = sort?.column === 'size' || sort?.column === 'created';
  if (known >= total || (!byDetails && !wanted.canStop)) return null;
  const values = { known: formatCount(known, i18n.language), total: formatCount(total, i18n.language) };
  if (!wanted.all) {
    return (
      <div className={classes.note} data-testid="details-note">
        {t('tags.partialSort', values)}
        <Button size="compact-xs" variant="default" onClick={wanted.loadAll}>
          {t('tags.loadAll')}
        </Button>
      </div>
    );
  }
  return (
    <div className={classes.note} data-testid="details-note">
      {t('tags.detailsProgress', values)}
      {wanted.canStop && (
        <Button size="compact-xs" variant="default" onClick={wanted.stop}>
          {t('tags.stopLoading')}
        </Button>
      )}
    </div>
  );
}
