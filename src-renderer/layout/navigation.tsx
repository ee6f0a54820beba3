import { ActionIcon, Kbd, UnstyledButton } from '@mantine/core';
import {
  IconArrowsRightLeft,
  IconChartTreemap,
  IconHistory,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconPlus,
  IconSearch,
  IconSettings,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import { ContextMenu } from '../commands/context-menu.tsx';
import { keysText } from '../commands/keys.ts';
import { useIsMac } from '../commands/use-is-mac.ts';
import classes from './navigation.module.css';
import { COLLAPSED, type useNavigationSize } from './navigation-size.ts';
import type { OpenMenu } from './open-menu.ts';
import { RegistryList } from './registry-list.tsx';
import { ResizeHandle } from './resize-handle.tsx';

const PAGES = [
  { to: '/storage', name: 'layout.storage', Icon: IconChartTreemap },
  { to: '/transfers', name: 'layout.transfers', Icon: IconArrowsRightLeft },
  { to: '/activity', name: 'layout.activity', Icon: IconHistory },
  { to: '/settings', name: 'layout.settings', Icon: IconSettings },
] as const;

export interface NavigationProps {
  size: ReturnType<typeof useNavigationSize>;
  onSearch: () => void;
  onRemove: (account: Account) => void;
}

/** Left side: the registries, then the pages that belong to none. */
export function Navigation({ size, onSearch, onRemove }: NavigationProps) {
  const { t } = useTranslation();
  const { width, collapsed, setWidth, toggle } = size;
  const isMac = useIsMac();
  const [menu, setMenu] = useState<OpenMenu>();
  const fold = t(collapsed ? 'layout.expand' : 'layout.collapse');
  return (
    <nav
      className={classes.navigation}
      aria-label={t('layout.navigation')}
      data-collapsed={collapsed || undefined}
      style={{ width: collapsed ? COLLAPSED : width }}
    >
      <div className={classes.top}>
        {!collapsed && (
          <Link to="/" className={classes.brand}>
            <img src="/icon.svg" alt="" width={20} height={20} />
            <span>{t('common.appName')}</span>
          </Link>
        )}
        <ActionIcon
          data-hint={fold}
          data-hint-side="right"
          variant="subtle"
          color="gray"
          aria-label={fold}
          aria-expanded={!collapsed}
          onClick={toggle}
        >
          {collapsed ? (
            <IconLayoutSidebarLeftExpand size={18} />
          ) : (
            <IconLayoutSidebarLeftCollapse size={18} />
          )}
        </ActionIcon>
      </div>

      <UnstyledButton
        data-hint={collapsed ? t('layout.search') : undefined}
        data-hint-side="right"
        className={classes.search}
        onClick={onSearch}
        aria-label={t('layout.search')}
      >
        <IconSearch size={16} aria-hidden />
        {!collapsed && (
          <>
            <span className={classes.label}>{t('layout.search')}</span>
            <Kbd size="xs">{keysText('mod+K', isMac)}</Kbd>
          </>
        )}
      </UnstyledButton>

      <div className={classes.middle}>
        {!collapsed && (
          <div className={classes.heading}>
            <h2>{t('layout.registries')}</h2>
            <ActionIcon
              data-hint={t('layout.addRegistry')}
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={t('layout.addRegistry')}
              renderRoot={(props) => <Link to="/accounts/new" {...props} />}
            >
              <IconPlus size={16} />
            </ActionIcon>
          </div>
        )}
        <RegistryList collapsed={collapsed} onMenu={setMenu} onRemove={onRemove} />
      </div>

      <div className={classes.bottom}>
        {PAGES.map((page) => (
          <PageLink key={page.to} {...page} collapsed={collapsed} />
        ))}
      </div>
      {!collapsed && <ResizeHandle width={width} onResize={setWidth} />}
      {menu && <ContextMenu {...menu} onClose={() => setMenu(undefined)} />}
    </nav>
  );
}

/** A page that belongs to no registry. */
function PageLink({ to, name, Icon, collapsed }: (typeof PAGES)[number] & { collapsed: boolean }) {
  const { t } = useTranslation();
  const words = t(name);
  return (
    <Link
      data-hint={collapsed ? words : undefined}
      data-hint-side="right"
      to={to}
      className={classes.item}
      aria-label={words}
    >
      <Icon size={18} stroke={1.6} aria-hidden />
      {!collapsed && <span className={classes.label}>{words}</span>}
    </Link>
  );
}
