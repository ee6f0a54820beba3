import { ActionIcon, Button } from '@mantine/core';
import { IconArrowsDiff, IconLinkOff, IconPlugX, IconSwitchHorizontal } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import { WithAccounts } from '../accounts/with-accounts.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { TableSkeleton } from '../ui/table-skeleton.tsx';
import { ComparedKinds } from './compared-kinds.tsx';
import classes from './comparison.module.css';
import { ComparisonTabs } from './comparison-tabs.tsx';
import { comparisonQueries, type Pair } from './queries.ts';
import { SideBox } from './side-box.tsx';
import { type ReadSide, readSide, type Side, sidesSearch } from './sides.ts';

const route = getRouteApi('/compare');

/** Two images side by side: what is different between them. */
export function ComparePage() {
  return <WithAccounts>{(accounts) => <Compare accounts={accounts} />}</WithAccounts>;
}

function Compare({ accounts }: { accounts: readonly Account[] }) {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const read = useReadSides(accounts);
  const left = sideOf(read.left);
  const right = sideOf(read.right);
  const pair = useMemo(() => (left && right ? { left, right } : undefined), [left, right]);
  const comparison = useQuery({
    ...comparisonQueries.compare(pair ?? NO_PAIR),
    enabled: pair !== undefined,
  });
  const found = pair && comparison.data;
  const show = (nextLeft: Side | undefined, nextRight: Side | undefined) =>
    void navigate({
      search: ({ tab, platform }) => ({ tab, platform, ...sidesSearch(nextLeft, nextRight, accounts) }),
    });
  const sides = { accounts, busy: comparison.isFetching };
  return (
    <Page>
      <PageHeader title={t('comparison.title')} beside={<ComparedKinds kind="images" />} />
      <div className={classes.sides}>
        <SideBox
          {...sides}
          which="left"
          side={left}
          other={right}
          found={found?.left}
          onChoose={(side) => show(side, right)}
        />
        <ActionIcon
          variant="default"
          size={30}
          aria-label={t('comparison.swap')}
          data-hint={t('comparison.swap')}
          disabled={!left && !right}
          onClick={() => show(right, left)}
        >
          <IconSwitchHorizontal size={16} />
        </ActionIcon>
        <SideBox
          {...sides}
          which="right"
          side={right}
          other={left}
          found={found?.right}
          onChoose={(side) => show(left, side)}
        />
      </div>
      <Unread text={search.left} read={read.left} />
      <Unread text={search.right} read={read.right} />
      {search.left === undefined && search.right === undefined && (
        <EmptyState icon={<IconArrowsDiff size={24} />} title={t('comparison.emptyTitle')}>
          {t('comparison.emptyHelp')}
        </EmptyState>
      )}
      {(search.left === undefined) !== (search.right === undefined) && (
        <EmptyState icon={<IconArrowsDiff size={24} />} title={t('comparison.halfTitle')}>
          {t('comparison.halfHelp')}
        </EmptyState>
      )}
      {pair && comparison.isError && (
        <ErrorPanel error={comparison.error} onRetry={() => void comparison.refetch()} />
      )}
      {pair && comparison.isPending && <TableSkeleton bar />}
      {pair && found && !comparison.isError && (
        <ComparisonTabs pair={pair} comparison={found} accounts={accounts} />
      )}
    </Page>
  );
}

/** Stands where nothing is asked. */
const NO_PAIR: Pair = {
  left: { accountId: '', repository: '', reference: '' },
  right: { accountId: '', repository: '', reference: '' },
};

/** The same objects until the address or the accounts change. */
function useReadSides(accounts: readonly Account[]) {
  const { left, right, leftAccount, rightAccount } = route.useSearch();
  return {
    left: useMemo(
      () => (left === undefined ? undefined : readSide(left, accounts, leftAccount)),
      [left, leftAccount, accounts],
    ),
    right: useMemo(
      () => (right === undefined ? undefined : readSide(right, accounts, rightAccount)),
      [right, rightAccount, accounts],
    ),
  };
}

function sideOf(read: ReadSide | undefined): Side | undefined {
  return read && 'side' in read ? read.side : undefined;
}

/** Why a side of the address cannot be compared. */
function Unread({ text, read }: { text: string | undefined; read: ReadSide | undefined }) {
  const { t } = useTranslation();
  if (text === undefined) return null;
  if (!read)
    return (
      <EmptyState icon={<IconLinkOff size={24} />} title={t('comparison.unreadTitle')}>
        {t('comparison.unreadHelp', { text })}
      </EmptyState>
    );
  if ('side' in read) return null;
  return (
    <EmptyState
      icon={<IconPlugX size={24} />}
      title={t('comparison.unknownTitle', { host: read.unknown })}
      action={
        <Button renderRoot={(props) => <Link to="/accounts/new" {...props} />}>
          {t('comparison.addRegistry')}
        </Button>
      }
    >
      {t('comparison.unknownHelp')}
    </EmptyState>
  );
}
