import { IconCheck, IconLock, IconQuestionMark, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import type { RegistryOverview } from '../../src-main/common/registry.ts';
import { Card } from '../ui/card.tsx';
import classes from './registry.module.css';

const ORDER = ['list', 'push', 'delete', 'deleteTag', 'referrers'] as const;
const ICONS = { yes: IconCheck, no: IconX, unknown: IconQuestionMark } as const;

/** What the registry lets this account do, and where that is known from. */
export function Abilities({
  account,
  abilities,
  sources,
}: Pick<RegistryOverview, 'abilities' | 'sources'> & { account: Account }) {
  const { t } = useTranslation();
  return (
    <Card title={t('registry.abilities')}>
      <ul className={classes.abilities}>
        {ORDER.map((ability) => {
          const state = abilities[ability];
          const Icon = ICONS[state];
          return (
            <li key={ability} data-ability={ability}>
              <Icon size={16} data-state={state} aria-hidden />
              <span>{t(`registry.ability.${ability}`)}</span>
              <span className={classes.quiet}>
                {t(`registry.abilityState.${state}`)}
                {state !== 'unknown' && ` · ${t(`registry.abilitySource.${sources[ability]}`)}`}
              </span>
            </li>
          );
        })}
        {account.readOnly && (
          <li>
            <IconLock size={16} aria-hidden />
            <span>
              {t('registry.lockedHere')}
              <br />
              <span className={classes.quiet}>{t('registry.lockedHereHelp')}</span>
            </span>
          </li>
        )}
      </ul>
    </Card>
  );
}
