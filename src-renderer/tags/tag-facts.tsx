import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Counted } from '../ui/counted.tsx';
import { formatCount } from '../ui/format.ts';
import type { ImageCounts } from './image-counts.ts';

interface TagFactsProps {
  counts: ImageCounts;
  /** Tags, and those of which details are known. */
  total: number;
  known: number;
  /** Has the details of all loaded. */
  onLoadAll: (() => void) | undefined;
  /** Leaves it at those in view. */
  onStop: (() => void) | undefined;
  /** Puts the rows in the order that waits until nobody looks below the first ones. */
  onRearrange: (() => void) | undefined;
  /** How many tags came or moved. */
  changed: number;
  onSeen: () => void;
}

/** What is known of a repository's images, in some words; and how much of it, where that is not all. */
export function TagFacts(props: TagFactsProps) {
  const { counts, total, known, onLoadAll, onStop, onRearrange, changed, onSeen } = props;
  const { t, i18n } = useTranslation();
  const { images, signed, sboms } = counts;
  const format = (count: number) => formatCount(count, i18n.language);
  const attached = [
    ...(signed > 0 ? [t('tags.signedImages', { count: signed, formatted: format(signed) })] : []),
    ...(sboms > 0 ? [t('tags.sbomImages', { count: sboms, formatted: format(sboms) })] : []),
  ];
  const isWhole = known >= total;
  return (
    <>
      {isWhole && total > 0 && (
        <span>
          <Counted
            text={t('tags.images', { count: images, formatted: format(images) })}
            number={format(images)}
          />
        </span>
      )}
      {attached.length > 0 && <span data-hint={t('ui.attached.help')}>{attached.join(t('tags.and'))}</span>}
      {!isWhole && (
        <span data-testid="details-note">
          {t('tags.detailsProgress', { known: format(known), total: format(total) })}
        </span>
      )}
      {!isWhole && onLoadAll && (
        <Button size="compact-xs" variant="default" onClick={onLoadAll}>
          {t('tags.loadAll')}
        </Button>
      )}
      {!isWhole && onStop && (
        <Button size="compact-xs" variant="default" onClick={onStop}>
          {t('tags.stopLoading')}
        </Button>
      )}
      {onRearrange && (
        <Button size="compact-xs" variant="light" onClick={onRearrange}>
          {t('tags.rearrange')}
        </Button>
      )}
      {changed > 0 && (
        <Button size="compact-xs" variant="light" onClick={onSeen} data-testid="changed">
          {t('tags.changedCount', { count: changed, formatted: format(changed) })}
        </Button>
      )}
    </>
  );
}
