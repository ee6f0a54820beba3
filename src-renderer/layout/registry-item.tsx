import { ActionIcon } from '@mantine/core';
import { IconDots, IconLock } from '@tabler/icons-react';
import { skipToken, useQuery } from '@tanstack/react-query';
import { Link, useMatchRoute } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import { orpc } from '../api.ts';
import { below, type Point, pointOf } from '../commands/context-menu.tsx';
import { failureOf } from '../ui/failure.ts';
import { ProductMark } from '../ui/product-mark.tsx';
import { StatusDot, type StatusDotProps } from '../ui/status-dot.tsx';
import classes from './navigation.module.css';

interface RegistryItemProps {
  account: Account;
  collapsed: boolean;
  onMenu: (at: Point) => void;
}

/**
 * One registry of the navigation. Its status is what the last visit found: drawing the navigation asks no registry anything.
 */
export function RegistryItem({ account, collapsed, onMenu }: RegistryItemProps) {
  const { t } = useTranslation();
  const matches = useMatchRoute();
  const params = { accountId: account.id };
  const current = matches({ to: '/registries/$accountId', params, fuzzy: true }) !== false;
  return (
    <>
      <div className={classes.registry} data-current={current || undefined}>
        <Link
          data-hint={collapsed ? account.name : undefined}
          data-hint-side="right"
          to="/registries/$accountId"
          params={params}
          className={classes.item}
          activeProps={{}}
          data-section={current || undefined}
          draggable={false}
          onContextMenu={(event) => {
            event.preventDefault();
            onMenu(pointOf(event));
          }}
          aria-label={collapsed ? account.name : undefined}
        >
          <span className={classes.icon}>
            <ProductMark system={account.system} />
            <RegistryStatus account={account} />
          </span>
          {!collapsed && (
            <>
              <span className={classes.label} title={`${account.name} (${account.host})`}>
                {account.name}
              </span>
              {account.readOnly && (
                <IconLock
                  data-hint={t('layout.readOnly')}
                  size={13}
                  role="img"
                  aria-label={t('layout.readOnly')}
                />
              )}
            </>
          )}
        </Link>
        {!collapsed && (
          <ActionIcon
            className={classes.menu ?? ''}
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={t('layout.menu', { name: account.name })}
            aria-haspopup="menu"
            onClick={(event) => onMenu(below(event.currentTarget))}
          >
            <IconDots size={14} />
          </ActionIcon>
        )}
      </div>
      {current && !collapsed && (
        <ul className={classes.pages}>
          <li>
            <Link
              to="/registries/$accountId"
              params={params}
              activeOptions={{ exact: true }}
              className={classes.page}
            >
              {t('layout.overview')}
            </Link>
          </li>
          <li>
            <Link to="/registries/$accountId/repositories" params={params} className={classes.page}>
              {t('layout.repositories')}
            </Link>
          </li>
          <li>
            <Link
              to="/registries/$accountId/storage"
              params={params}
              activeOptions={{ includeSearch: false }}
              className={classes.page}
            >
              {t('layout.storage')}
            </Link>
          </li>
        </ul>
      )}
    </>
  );
}

function RegistryStatus({ account }: { account: Account }) {
  const { t } = useTranslation();
  // Watches what the registry's pages have asked; asks nothing itself.
  const overview = useQuery({
    ...orpc.catalog.overview.queryOptions({ input: { accountId: account.id } }),
    queryFn: skipToken,
  });
  if (overview.isError) {
    const { code } = failureOf(overview.error);
    return <Badge status="failed" label={t('layout.status.failed', { reason: t(`errors.${code}.title`) })} />;
  }
  if (account.insecure !== 'no') return <Badge status="warning" label={t('layout.status.insecure')} />;
  if (overview.isSuccess) return <Badge status="ok" label={t('layout.status.ok')} />;
  // Not visited yet: nothing is known, and nothing is claimed.
  return null;
}

/** The status on the icon's corner. */
function Badge(props: StatusDotProps) {
  return (
    <span className={classes.badge}>
      <StatusDot {...props} size={11} />
    </span>
  );
}
