import { ActionIcon, Badge } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { SplitBar } from '../storage/share.tsx';
import { Bytes } from '../ui/bytes.tsx';
import { formatCount } from '../ui/format.ts';
import { RelativeTime } from '../ui/relative-time.tsx';
import { useTabIndex } from '../ui/row-focus.ts';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import classes from './repositories.module.css';
import { compareRepositories, splitName } from './rows.ts';
import { compareNewest, compareSizes, compareTags, type SizedRow, sizeOf } from './sized-rows.ts';

export const sortableColumns = ['name', 'tags', 'size', 'newest'] as const;

/** The columns of the repositories table; the same array until the language or the largest size changes. @param widest bytes of the longest bar */
export function useRepositoryColumns(
  accountId: string,
  onForget: (repository: string) => void,
  widest: number,
): readonly VirtualColumn<SizedRow>[] {
  const { t, i18n } = useTranslation();
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('repositories.name'),
        width: 220,
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
        id: 'tags',
        header: t('storage.tags'),
        width: 66,
        align: 'end',
        compare: compareTags,
        cell: ({ storage }) => storage && formatCount(storage.tags, i18n.language),
      },
      {
        id: 'size',
        header: t('storage.size'),
        width: 76,
        align: 'end',
        compare: compareSizes,
        cell: (row) => {
          const bytes = sizeOf(row);
          return bytes !== undefined && <Bytes value={bytes} />;
        },
      },
      {
        id: 'bar',
        header: t('storage.split'),
        width: 70,
        cell: ({ storage }) =>
          storage && <SplitBar of={widest} unique={storage.uniqueBytes} exclusive={storage.exclusiveBytes} />,
      },
      {
        id: 'newest',
        header: t('storage.newest'),
        width: 104,
        compare: compareNewest,
        cell: ({ storage }) => storage?.newest && <RelativeTime value={storage.newest} />,
      },
      {
        id: 'origin',
        header: '',
        width: 130,
        align: 'end',
        cell: (row) => {
          if (row.unusable) return <Unusable />;
          return row.addedByName ? <AddedByName name={row.name} onForget={onForget} /> : null;
        },
      },
    ],
    [t, i18n.language, accountId, onForget, widest],
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
