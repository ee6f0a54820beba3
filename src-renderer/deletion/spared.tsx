import { useTranslation } from 'react-i18next';
import type { DeletionSummary } from '../../src-main/common/deletion.ts';
import { namesText } from '../ui/names.ts';

/** Lines drawn, and names in each. */
const LINES = 50;
const NAMED = 6;

/** Tags that were asked for and stay, each with what would have gone with it. */
export function Spared({ spared }: { spared: DeletionSummary['spared'] }) {
  const { t } = useTranslation();
  return (
    <>
      {spared.slice(0, LINES).map(({ tag, along }) => (
        <span key={tag}>{t('deletion.spared', { tag, tags: namesText(t, along, NAMED) })}</span>
      ))}
      {spared.length > LINES && <span>{t('common.more', { count: spared.length - LINES })}</span>}
    </>
  );
}
