import { ActionIcon } from '@mantine/core';
import { IconArrowRight, IconArrowsExchange } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import { AccountSelect } from '../accounts/account-select.tsx';
import { isLocked } from '../accounts/lock.ts';
import type { Draft } from './draft.ts';
import type { DraftProblems } from './draft-problems.ts';
import classes from './pages.module.css';

export interface WayFieldsProps {
  draft: Draft;
  accounts: readonly Account[];
  problems: DraftProblems;
  onChange: (part: Partial<Draft>) => void;
}

/** From which registry to which. */
export function WayFields({ draft, accounts, problems, onChange }: WayFieldsProps) {
  const { t } = useTranslation();
  const { source, target } = draft;
  const isWritable = accounts.some((account) => account.id === source && !isLocked(account));
  return (
    <div className={classes.way}>
      <AccountSelect
        label={t('transferPages.source')}
        accounts={accounts}
        value={source}
        error={problems.source && t(`transferPages.problems.${problems.source}`)}
        // What was chosen are repositories of the other one.
        onChange={(id) => onChange({ source: id, repositories: [], excludeRepositories: [] })}
      />
      {source !== '' && target !== '' && isWritable ? (
        <ActionIcon
          className={classes.wayArrow ?? ''}
          variant="subtle"
          color="gray"
          aria-label={t('transferPages.swap')}
          data-hint={t('transferPages.swap')}
          onClick={() =>
            onChange({ source: target, target: source, repositories: [], excludeRepositories: [] })
          }
        >
          <IconArrowsExchange size={18} />
        </ActionIcon>
      ) : (
        <span className={classes.wayArrow} aria-hidden>
          <IconArrowRight size={18} />
        </span>
      )}
      <AccountSelect
        label={t('transferPages.target')}
        accounts={accounts}
        written
        value={target}
        error={problems.target && t(`transferPages.problems.${problems.target}`)}
        onChange={(id) => onChange({ target: id })}
      />
    </div>
  );
}
