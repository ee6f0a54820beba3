import { ActionIcon, Badge } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useTabIndex } from '../ui/row-focus.ts';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import classes from './repositories.module.css';
import { compareRepositories, type RepositoryRow, splitName } from './rows.ts';

/** The columns of the repositories table; the same array until the language changes. */
export function useRepositoryColumns(
  accountId: string,
  onForget: (repository: string) => void,
): readonly VirtualColumn<RepositoryRow>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('repositories.name'),
        width: 280,
        grow: 1,
        compare: compareRepositories,
        text: ({ name }) => name,
        cell: ({ name, unusable }) =>
          unusable ? (
            <span className={classes.unusable}>{name}</span>
          ) : (
            <RepositoryLink accountId={accountId} name={name} />
          ),
      },
      {
        id: 'origin',
        header: '',
        width: 150,
        align: 'end',
        cell: (row) => {
          if (row.unusable) return <Unusable />;
          return row.addedByName ? <AddedByName name={row.name} onForget={onForget} /> : null;
        },
      },
    ],
    [t, accountId, onForget],
  );
}

function RepositoryLink({ accountId, name }: { accountId: string; name: string }) {
  const { namespace, base } = splitName(name);
  return (
    <Link
      to="/registries/$accountId/tags"
      params={{ accountId }}
      search={{ repository: name }}
      className={classes.name}
      tabIndex={useTabIndex()}
    >
      <span dir="ltr" className={classes.text}>
        <span className={classes.namespace}>{namespace}</span>
        <span className={classes.base}>{base}</span>
      </span>
    </Link>
  );
}

function Unusable() {
  const { t } = useTranslation();
  return (
    <Badge
      data-hint={t('repositories.unusableHelp')}
      variant="default"
      size="sm"
      radius="sm"
      tt="none"
      fw={500}
    >
      {t('repositories.unusable')}
    </Badge>
  );
}

function AddedByName({ name, onForget }: { name: string; onForget: (repository: string) => void }) {
  const { t } = useTranslation();
  return (
    <span className={classes.end}>
      <Badge variant="default" size="sm" radius="sm" tt="none" fw={500}>
        {t('repositories.addedByName')}
      </Badge>
      <ActionIcon
        data-hint={t('repositories.forgetHelp')}
        size="sm"
        variant="subtle"
        color="gray"
        aria-label={t('repositories.forget', { name })}
        tabIndex={useTabIndex()}
        onClick={() => onForget(name)}
      >
        <IconX size={14} />
      </ActionIcon>
    </span>
  );
}
