import { ActionIcon, Menu } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowUp,
  IconDots,
  IconLock,
  IconLockOpen,
  IconPencil,
  IconTrash,
} from '@tabler/icons-react';
import { skipToken, useQuery } from '@tanstack/react-query';
import { Link, useMatchRoute, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import { useSetReadOnly } from '../accounts/queries.ts';
import { orpc } from '../api.ts';
import { failureOf } from '../ui/failure.ts';
import { StatusDot, type StatusDotProps } from '../ui/status-dot.tsx';
import { SystemIcon } from '../ui/system-icon.tsx';
import classes from './navigation.module.css';

interface RegistryItemProps {
  account: Account;
  collapsed: boolean;
  onMoveUp: (() => void) | undefined;
  onMoveDown: (() => void) | undefined;
  onRemove: () => void;
}

/**
 * One registry of the navigation. Its status is what the last visit found: drawing the navigation asks no registry anything.
 */
export function RegistryItem({ account, collapsed, onMoveUp, onMoveDown, onRemove }: RegistryItemProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const setReadOnly = useSetReadOnly();
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
          aria-label={collapsed ? account.name : undefined}
        >
          <span className={classes.icon}>
            <SystemIcon system={account.system} />
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
          <Menu position="bottom-end" withinPortal>
            <Menu.Target>
              <ActionIcon
                className={classes.menu ?? ''}
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={t('layout.menu', { name: account.name })}
              >
                <IconDots size={14} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                leftSection={<IconPencil size={14} />}
                onClick={() => void navigate({ to: '/accounts/$accountId/edit', params })}
              >
                {t('layout.edit')}
              </Menu.Item>
              <Menu.Item
                leftSection={account.readOnly ? <IconLockOpen size={14} /> : <IconLock size={14} />}
                onClick={() => setReadOnly.mutate({ id: account.id, readOnly: !account.readOnly })}
              >
                {t(account.readOnly ? 'layout.unlock' : 'layout.lock')}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconArrowUp size={14} />}
                rightSection={<kbd className={classes.keys}>Alt ↑</kbd>}
                disabled={!onMoveUp}
                onClick={onMoveUp}
              >
                {t('layout.moveUp')}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconArrowDown size={14} />}
                rightSection={<kbd className={classes.keys}>Alt ↓</kbd>}
                disabled={!onMoveDown}
                onClick={onMoveDown}
              >
                {t('layout.moveDown')}
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item color="red" leftSection={<IconTrash size={14} />} onClick={onRemove}>
                {t('layout.remove')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
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
