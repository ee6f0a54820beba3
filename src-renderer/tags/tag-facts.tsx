import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ATTACHED_TAG } from '../../src-main/engine/vocabulary/attached.ts';
import { Counted } from '../ui/counted.tsx';
import { formatCount } from '../ui/format.ts';
import { hasMark } from './attached-marks.ts';
import type { TagRow } from './tag-rows.ts';
import type { WantedDetails } from './use-wanted-details.ts';

interface TagFactsProps {
  /** All of the repository, a row for each image or for each tag. */
  rows: readonly TagRow[];
  /** Tags, and those of which details are known. */
  total: number;
  known: number;
  wanted: WantedDetails;
  /** How many tags came or moved. */
  changed: number;
  onSeen: () => void;
}

/** What is known of a repository's images, in some words; and how much of it, where that is not all. */
export function TagFacts({ rows, total, known, wanted, changed, onSeen }: TagFactsProps) {
  const { t, i18n } = useTranslation();
  const { images, signed, sboms } = useMemo(() => countImages(rows), [rows]);
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
      {!isWhole && !wanted.all && (
        <Button size="compact-xs" variant="default" onClick={wanted.loadAll}>
          {t('tags.loadAll')}
        </Button>
      )}
      {!isWhole && wanted.canStop && (
        <Button size="compact-xs" variant="default" onClick={wanted.stop}>
          {t('tags.stopLoading')}
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

function countImages(rows: readonly TagRow[]): { images: number; signed: number; sboms: number } {
  const seen = new Set<string>();
  let signed = 0;
  let sboms = 0;
  for (const { details, attached, tags } of rows) {
    if (!details || seen.has(details.digest)) continue;
    // What is attached to images is none, though its tags may be shown.
    if (tags.every(({ name }) => ATTACHED_TAG.test(name))) continue;
    seen.add(details.digest);
    if (hasMark(attached, 'signature')) signed++;
    if (hasMark(attached, 'sbom')) sboms++;
  }
  return { images: seen.size, signed, sboms };
}
