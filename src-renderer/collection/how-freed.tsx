import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CollectionFacts } from '../../src-main/common/collection-facts.ts';
import classes from './collection.module.css';

/** What brings the bytes of what was deleted back on a system, how that is seen, and what to know before. */
export function HowFreed({ facts }: { facts: CollectionFacts }) {
  const { t } = useTranslation();
  const { frees, seen, cautions, documentation } = facts;
  if (frees.length === 0) return <p className={classes.quiet}>{t('freeing.unknown')}</p>;
  return (
    <div className={classes.freed}>
      <Points points={frees.map((step) => t(`freeing.steps.${step}`))} />
      {seen.length > 0 && (
        <Points title={t('freeing.seenTitle')} points={seen.map((sight) => t(`freeing.seen.${sight}`))} />
      )}
      {cautions.length > 0 && (
        <Points
          title={t('freeing.cautionsTitle')}
          points={cautions.map((caution) => t(`freeing.cautions.${caution}`))}
        />
      )}
      {documentation !== undefined && (
        <Anchor href={documentation} target="_blank" rel="noreferrer noopener" fz="sm">
          {t('freeing.documentation')}
        </Anchor>
      )}
    </div>
  );
}

function Points({ title, points }: { title?: string; points: readonly string[] }) {
  return (
    <div>
      {title !== undefined && <h3>{title}</h3>}
      <ul>
        {points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
    </div>
  );
}
