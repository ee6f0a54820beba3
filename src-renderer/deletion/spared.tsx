import { useTranslation } from 'react-i18next';
import type { DeletionSummary } from '../../src-main/common/deletion.ts';
import { formatCount } from '../ui/format.ts';
import { namesText } from '../ui/names.ts';

/** Lines drawn, and names in each. */
const LINES = 50;
const NAMED = 6;

/** Tags that were asked for and stay, each with what would have gone with it; without that it is protected itself. */
export function Spared({ spared }: { spared: DeletionSummary['spared'] }) {
  const { t } = useTranslation();
  return (
    <>
      {spared.slice(0, LINES).map(({ tag, along, immutable }) => (
        <span key={tag}>
          {immutable
            ? t('deletion.sparedImmutable', { tag })
            : along.length === 0
              ? t('deletion.sparedProtected', { tag })
              : t('deletion.spared', { tag, tags: namesText(t, along, NAMED) })}
        </span>
      ))}
      {spared.length > LINES && <span>{t('common.more', { count: spared.length - LINES })}</span>}
    </>
  );
}

/** Tags that were asked for and stay, since only images without other tags are deleted. */
export function LeftOut({ leftOut }: { leftOut: DeletionSummary['leftOut'] }) {
  const { t, i18n } = useTranslation();
  const tags = leftOut.flatMap((image) => image.tags);
  if (tags.length === 0) return null;
  return (
    <span data-testid="left-out">
      {t('deletion.leftOut', {
        count: tags.length,
        formatted: formatCount(tags.length, i18n.language),
        tags: namesText(t, tags, NAMED),
      })}
    </span>
  );
}
