import { Badge, Button, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FoundPublic } from '../../src-main/common/product-said.ts';
import { orpc } from '../api.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { formatCount } from '../ui/format.ts';
import { RelativeTime } from '../ui/relative-time.tsx';
import { copyingOfRow } from '../ui/row-commands.tsx';
import { useTabIndex } from '../ui/row-focus.ts';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import { VirtualTable } from '../ui/virtual-table.tsx';
import classes from './products.module.css';

const rowName = ({ name }: FoundPublic) => name;

/** Public images of everybody, found by words: official ones and those of verified publishers are marked. */
export function PublicSearch({ accountId, host }: { accountId: string; host: string }) {
  const { t, i18n } = useTranslation();
  const [typed, setTyped] = useState('');
  const [query, setQuery] = useState('');
  const found = useQuery({
    ...orpc.products.search.queryOptions({ input: { accountId, query } }),
    enabled: query !== '',
  });
  const columns = useColumns(accountId);
  const { total = 0, results = [] } = found.data ?? {};
  return (
    <>
      <form
        className={classes.search}
        onSubmit={(event) => {
          event.preventDefault();
          setQuery(typed.trim());
        }}
      >
        <TextInput
          className={classes.words ?? ''}
          type="search"
          label={t('administration.search.label')}
          placeholder="postgres"
          value={typed}
          maxLength={200}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button
          type="submit"
          variant="default"
          leftSection={<IconSearch size={14} />}
          loading={found.isFetching}
        >
          {t('administration.search.start')}
        </Button>
      </form>
      {found.isError && <ErrorPanel error={found.error} onRetry={() => void found.refetch()} />}
      {query === '' && <p className={classes.quiet}>{t('administration.search.help')}</p>}
      {query !== '' && !found.isError && (
        <VirtualTable
          label={t('administration.search.results')}
          rows={results}
          rowId={rowName}
          rowName={rowName}
          columns={columns}
          tableId="public-search"
          busy={found.isFetching}
          empty={t('administration.search.none')}
          commands={({ name }) => [[copyingOfRow('text', t('commands.row.copyText'), `${host}/${name}`)]]}
        />
      )}
      {total > results.length && (
        <p className={classes.quiet}>
          {t('administration.search.more', { count: total, total: formatCount(total, i18n.language) })}
        </p>
      )}
    </>
  );
}

function useColumns(accountId: string): readonly VirtualColumn<FoundPublic>[] {
  const { t, i18n } = useTranslation();
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('administration.name'),
        width: 200,
        grow: 2,
        fixed: true,
        text: rowName,
        cell: ({ name }) => <FoundLink accountId={accountId} name={name} />,
      },
      {
        id: 'mark',
        header: t('administration.search.mark'),
        width: 136,
        text: ({ mark }) => (mark ? t(`administration.search.marks.${mark}`) : ''),
        cell: ({ mark }) =>
          mark && (
            <Badge variant="light" color={mark === 'sponsored' ? 'gray' : 'teal'} tt="none">
              {t(`administration.search.marks.${mark}`)}
            </Badge>
          ),
      },
      {
        id: 'pulls',
        header: t('administration.fields.pulls'),
        width: 72,
        align: 'end',
        cell: ({ pulls }) => pulls ?? t('administration.unsaid'),
      },
      {
        id: 'stars',
        header: t('administration.fields.stars'),
        width: 72,
        align: 'end',
        cell: ({ stars }) =>
          stars === undefined ? t('administration.unsaid') : formatCount(stars, i18n.language),
      },
      {
        id: 'updated',
        header: t('administration.fields.updated'),
        width: 112,
        usuallyHidden: true,
        cell: ({ updated }) => (updated ? <RelativeTime value={updated} /> : t('administration.unsaid')),
      },
      {
        id: 'description',
        header: t('administration.fields.description'),
        width: 200,
        grow: 3,
        text: ({ description = '' }) => description,
        cell: ({ description, archived }) =>
          archived ? t('administration.search.archived', { description }) : description,
      },
    ],
    [t, i18n.language, accountId],
  );
}

function FoundLink({ accountId, name }: { accountId: string; name: string }) {
  return (
    <Link
      to="/registries/$accountId/tags"
      params={{ accountId }}
      search={{ repository: name }}
      className={classes.link}
      tabIndex={useTabIndex()}
    >
      {name}
    </Link>
  );
}
