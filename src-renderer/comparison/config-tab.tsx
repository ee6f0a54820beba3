import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComparedPlatform, ConfigDifference } from '../../src-main/common/comparison.ts';
import classes from './comparison.module.css';
import { Masked } from './masked.tsx';
import { ViewBar } from './view-bar.tsx';
import { configText, secretsIn } from './words.ts';

/** What of the configurations differs. */
export function ConfigTab({ platform }: { platform: ComparedPlatform }) {
  const { t } = useTranslation();
  const [reveals, setReveals] = useState(false);
  const { config } = platform;
  if (config.length === 0) return <p className={classes.none}>{t('comparison.noDifferences')}</p>;
  return (
    <>
      <ViewBar secrets={secretsIn(platform).config} reveals={reveals} onReveals={setReveals} />
      <div className={classes.scroll}>
        <table className={classes.table} aria-label={t('comparison.configLabel')}>
          <thead>
            <tr>
              <th scope="col">{t('comparison.field')}</th>
              <th scope="col">{t('comparison.left')}</th>
              <th scope="col">{t('comparison.right')}</th>
            </tr>
          </thead>
          <tbody>
            {config.map((each) => (
              <tr key={`${each.field} ${each.key ?? ''}`}>
                <th scope="row">
                  {t(`comparison.fields.${each.field}`)}
                  {each.key !== undefined && <span className={classes.key}>{each.key}</span>}
                </th>
                {(['left', 'right'] as const).map((side) => (
                  <td key={side}>
                    <Value of={each} side={side} masked={each.secret && !reveals} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Value({ of, side, masked }: { of: ConfigDifference; side: 'left' | 'right'; masked: boolean }) {
  const { t } = useTranslation();
  const value = of[side];
  if (value === null) return <span className={classes.quiet}>{t('comparison.notSet')}</span>;
  if (masked) return <Masked />;
  return <span className={classes.mono}>{configText(of, value)}</span>;
}
