import { ActionIcon, Kbd, UnstyledButton } from '@mantine/core';
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand, IconSearch } from '@tabler/icons-react';
import { useLocation } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import { useAccounts } from '../accounts/queries.ts';
import { ContextMenu } from '../commands/context-menu.tsx';
import { keysText } from '../commands/keys.ts';
import { useIsMac } from '../commands/use-is-mac.ts';
import { useUses } from '../usage/use-uses.ts';
import classes from './navigation.module.css';
import { COLLAPSED, type useNavigationSize } from './navigation-size.ts';
import type { OpenMenu } from './open-menu.ts';
import { PinnedAndRecent } from './pinned-and-recent.tsx';
import { RegistryList } from './registry-list.tsx';
import { ResizeHandle } from './resize-handle.tsx';
import { CurrentStop, moveAmongStops, stopOf, useStop } from './stops.tsx';
import { useScrollerStop } from './use-scroller-stop.ts';
import { WorkLinks } from './work-links.tsx';

const SEARCH = 'search';

export interface NavigationProps {
  size: ReturnType<typeof useNavigationSize>;
  onSearch: () => void;
  onRemove: (account: Account) => void;
}

/** Left side: search, repositories at hand, the registries, and the pages that belong to none. One stop of the Tab key. */
export function Navigation({ size, onSearch, onRemove }: NavigationProps) {
  const { t } = useTranslation();
  const { width, collapsed, setWidth, toggle } = size;
  const nav = useRef<HTMLElement>(null);
  const middle = useRef<HTMLDivElement>(null);
  const isMiddleStop = useScrollerStop(middle);
  const [stop, setStop] = useState(SEARCH);
  const [menu, setMenu] = useState<OpenMenu>();
  const { pathname, search } = useLocation();
  // What was opened last is among the stops.
  useUses();

  // Tab leads to the place that is shown, unless somebody is on their way here.
  const accounts = useAccounts().data;
  // biome-ignore lint/correctness/useExhaustiveDependencies: which one that is changes with the address and the list
  useEffect(() => {
    if (nav.current?.contains(document.activeElement)) return;
    const current = nav.current?.querySelector<HTMLElement>('[aria-current="page"]:not([data-place])');
    if (current?.dataset.stop !== undefined) setStop(current.dataset.stop);
  }, [pathname, search, accounts]);
  useEffect(() => {
    const isThere = [...(nav.current?.querySelectorAll<HTMLElement>('[data-stop]') ?? [])].some(
      ({ dataset }) => dataset.stop === stop,
    );
    if (!isThere) setStop(SEARCH);
  });

  return (
    <CurrentStop value={stop}>
      <nav
        ref={nav}
        className={classes.navigation}
        aria-label={t('layout.navigation')}
        data-collapsed={collapsed || undefined}
        style={{ width: collapsed ? COLLAPSED : width }}
        onKeyDown={moveAmongStops}
        onFocus={(event) => {
          const focused = stopOf(event);
          if (focused !== undefined) setStop(focused);
        }}
      >
        <div className={classes.top}>
          <SearchButton collapsed={collapsed} onClick={onSearch} />
          <FoldButton collapsed={collapsed} onClick={toggle} />
        </div>
        <div ref={middle} className={classes.middle} tabIndex={isMiddleStop ? 0 : undefined}>
          {!collapsed && <PinnedAndRecent onMenu={setMenu} />}
          <RegistryList collapsed={collapsed} onMenu={setMenu} onRemove={onRemove} />
        </div>
        <WorkLinks collapsed={collapsed} />
        {!collapsed && <ResizeHandle width={width} onResize={setWidth} />}
        {menu && <ContextMenu {...menu} onClose={() => setMenu(undefined)} />}
      </nav>
    </CurrentStop>
  );
}

function SearchButton({ collapsed, onClick }: { collapsed: boolean; onClick: () => void }) {
  const { t } = useTranslation();
  const isMac = useIsMac();
  return (
    <UnstyledButton
      {...useStop(SEARCH)}
      data-hint={collapsed ? t('layout.search') : undefined}
      data-hint-side="right"
      className={classes.search}
      onClick={onClick}
      aria-label={t('layout.search')}
    >
      <IconSearch size={15} aria-hidden />
      {!collapsed && (
        <>
          <span className={classes.label}>{t('layout.search')}</span>
          <Kbd size="xs">{keysText('mod+K', isMac)}</Kbd>
        </>
      )}
    </UnstyledButton>
  );
}

function FoldButton({ collapsed, onClick }: { collapsed: boolean; onClick: () => void }) {
  const { t } = useTranslation();
  const words = t(collapsed ? 'layout.expand' : 'layout.collapse');
  const Icon = collapsed ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  return (
    <ActionIcon
      {...useStop('fold')}
      data-hint={words}
      data-hint-side="right"
      variant="subtle"
      color="gray"
      aria-label={words}
      aria-expanded={!collapsed}
      onClick={onClick}
    >
      <Icon size={18} stroke={1.6} />
    </ActionIcon>
  );
}
