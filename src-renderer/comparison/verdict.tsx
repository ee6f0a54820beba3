import { IconEqual, IconEqualNot, IconLoader2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './comparison.module.css';
import type { LayersRead } from './use-reading.ts';
import { bytesTexts, type Judged, openText, verdictText } from './words.ts';

export interface VerdictProps {
  judged: Judged;
  reading: LayersRead;
}

/** What it comes to, in one sentence, with what is not known yet and the bytes. */
export function Verdict({ judged, reading }: VerdictProps) {
  const { t, i18n } = useTranslation();
  const isSame = judged.verdict !== 'different';
  const unknown = openText(t, i18n.language, judged);
  const Icon = reading.running ? IconLoader2 : isSame ? IconEqual : IconEqualNot;
  return (
    <div className={classes.verdict} data-verdict={judged.verdict} data-testid="verdict">
      <span className={classes.mark} data-turning={reading.running || undefined}>
        <Icon size={20} aria-hidden />
      </span>
      <div role="status">
        <p className={classes.sentence}>{verdictText(t, i18n.language, judged)}</p>
        <p className={classes.quiet}>
          {[...(unknown === undefined ? [] : [unknown]), bytesTexts(t, judged.bytes).join(' · ')].join(
            i18n.language.startsWith('zh') ? '' : ' ',
          )}
        </p>
      </div>
    </div>
  );
}
