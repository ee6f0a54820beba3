import { useTranslation } from 'react-i18next';
import type { DeletionPlan } from '../../src-main/common/deletion.ts';
import { firstNames } from './plan-words.ts';

/** Lines drawn, and names in each. */
const LINES = 50;
const NAMED = 6;

/** Tags that were asked for and stay, each with what would have gone with it. */
export function Spared({ spared }: { spared: DeletionPlan['spared'] }) {
  const { t } = useTranslation();
  return (
    <>
      {spared.slice(0, LINES).map(({ tag, along }) => {
        const { list, more } = firstNames(along, NAMED);
        const tags = more > 0 ? t('deletion.andMore', { list, count: more }) : list;
        return <span key={tag}>{t('deletion.spared', { tag, tags })}</span>;
      })}
      {spared.length > LINES && <span>{t('deletion.leftOut', { count: spared.length - LINES })}</span>}
    </>
  );
}
