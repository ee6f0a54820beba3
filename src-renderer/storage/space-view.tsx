import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { StorageChild, StorageScope } from '../../src-main/common/storage.ts';
import { useRepositoryCommands } from '../pins/use-repository-commands.ts';
import { Bytes } from '../ui/bytes.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { formatCount } from '../ui/format.ts';
import { copyingOfRow, openingRow } from '../ui/row-commands.tsx';
import { useTabIndex } from '../ui/row-focus.ts';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import { VirtualTable } from '../ui/virtual-table.tsx';
import { storageQueries } from './queries.ts';
import { baseName } from './scope.ts';
import { SplitBar } from './share.tsx';
import classes from './storage.module.css';
import { rectanglesOf } from './treemap-data.ts';

/** recharts is large, and no other part of the page needs it. */
const StorageTreemap = lazy(() =>
  import('./treemap.tsx').then((module) => ({ default: module.StorageTreemap })),
);

const rowId = ({ name, isRepository }: StorageChild) =>
  `${isRepository ? 'repository' : 'namespace'} ${name}`;
const rowName = ({ name }: StorageChild) => name;
const NONE: readonly StorageChild[] = [];

/** Where the bytes are: a picture by namespace and repository, and the same as a table one level deep. */
export function SpaceView({ scope }: { scope: StorageScope }) {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const { accountId } = scope;
  const children = useQuery(storageQueries.children(scope));
  const drawn = useQuery(storageQueries.drawn(scope));
  const rows = children.data;
  const picture = useMemo(
    () => drawn.data && children.data && rectanglesOf(drawn.data, children.data, scope.namespace),
    [drawn.data, children.data, scope.namespace],
  );
  const columns = useChildColumns(accountId, rows ?? NONE);
  const commandsOf = useRepositoryCommands();
  const open = (isRepository: boolean, name: string) =>
    void navigate(
      isRepository
        ? { to: '/registries/$accountId/tags', params: { accountId }, search: { repository: name } }
        : { to: '/registries/$accountId/storage', params: { accountId }, search: { namespace: name } },
    );
  const error = children.error ?? drawn.error;
  if (error)
    return (
      <ErrorPanel error={error} onRetry={() => void Promise.all([children.refetch(), drawn.refetch()])} />
    );
  const waiting = <Skeleton className={classes.treemap ?? ''} radius="sm" />;
  return (
    <div className={classes.space}>
      <figure className={classes.picture}>
        {picture ? (
          <Suspense fallback={waiting}>
            <StorageTreemap
              rectangles={picture.rectangles}
              onOpen={({ name, isRepository }) => open(isRepository, isRepository ? name : name.slice(0, -1))}
            />
          </Suspense>
        ) : (
          waiting
        )}
        <figcaption className={classes.legend}>
          <span className={classes.ownKey}>{t('storage.legendOwn')}</span>
          <span className={classes.commonKey}>{t('storage.legendShared')}</span>
          <span className={classes.quiet}>
            {t('storage.areaMeans')}
            {picture &&
              picture.drawn < picture.of &&
              ` ${t('storage.drawnLargest', {
                drawn: formatCount(picture.drawn, i18n.language),
                total: formatCount(picture.of, i18n.language),
              })}`}
          </span>
        </figcaption>
      </figure>
      <div className={classes.beside}>
        <VirtualTable
          label={t('storage.childrenLabel')}
          rows={rows ?? NONE}
          rowId={rowId}
          rowName={rowName}
          columns={columns}
          busy={children.isPending}
          commands={({ name, isRepository }) =>
            isRepository
              ? commandsOf({ accountId, repository: name })
              : [
                  [openingRow(t, () => open(false, name))],
                  [copyingOfRow('name', t('commands.row.copyName'), name)],
                ]
          }
          onOpen={({ name, isRepository }) => open(isRepository, name)}
        />
      </div>
    </div>
  );
}

function useChildColumns(
  accountId: string,
  rows: readonly StorageChild[],
): readonly VirtualColumn<StorageChild>[] {
  const { t } = useTranslation();
  const widest = useMemo(
    () => rows.reduce((most, { uniqueBytes }) => Math.max(most, uniqueBytes), 0),
    [rows],
  );
  return useMemo<readonly VirtualColumn<StorageChild>[]>(
    () => [
      {
        id: 'name',
        header: t('storage.place'),
        width: 100,
        grow: 2,
        text: ({ name }) => name,
        cell: (row) => <ChildLink accountId={accountId} child={row} />,
      },
      {
        id: 'unique',
        header: t('storage.unique'),
        width: 68,
        align: 'end',
        cell: ({ uniqueBytes }) => <Bytes value={uniqueBytes} />,
      },
      {
        id: 'bar',
        header: t('storage.split'),
        width: 40,
        grow: 1,
        cell: ({ uniqueBytes, exclusiveBytes }) => (
          <SplitBar of={widest} unique={uniqueBytes} exclusive={exclusiveBytes} />
        ),
      },
      {
        id: 'exclusive',
        header: t('storage.exclusive'),
        width: 72,
        align: 'end',
        cell: ({ exclusiveBytes }) => <Bytes value={exclusiveBytes} />,
      },
    ],
    [t, accountId, widest],
  );
}

function ChildLink({ accountId, child: { name, isRepository } }: { accountId: string; child: StorageChild }) {
  const tabIndex = useTabIndex();
  const params = { accountId };
  return isRepository ? (
    <Link
      to="/registries/$accountId/tags"
      params={params}
      search={{ repository: name }}
      className={classes.link}
      tabIndex={tabIndex}
    >
      {baseName(name)}
    </Link>
  ) : (
    <Link
      to="/registries/$accountId/storage"
      params={params}
      search={{ namespace: name }}
      className={classes.link}
      tabIndex={tabIndex}
    >
      {baseName(name)}/
    </Link>
  );
}
