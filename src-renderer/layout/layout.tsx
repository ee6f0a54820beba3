import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import { RemoveAccount } from '../accounts/remove-account.tsx';
import { useCommandKeys } from '../commands/use-command-keys.ts';
import { useDriftNotices } from '../comparison-matrix/use-drift-notices.ts';
import { DropTarget } from '../push/drop-target.tsx';
import { HintLayer } from '../ui/hint-layer.tsx';
import { toastDone } from '../ui/toast.tsx';
import { AppCommands, ShownCommands } from './app-commands.tsx';
import { DryRunBanner } from './dry-run-banner.tsx';
import classes from './layout.module.css';
import { Navigation } from './navigation.tsx';
import { useNavigationSize } from './navigation-size.ts';
import { Notices } from './notices.tsx';
import { StatusBar } from './status-bar.tsx';
import { TitleBar } from './title-bar.tsx';
import { useDesktopShell } from './use-desktop-shell.ts';
import { useNoteVisits } from './use-note-visits.ts';
import { usePageFocus } from './use-page-focus.ts';

const loadPalette = () => import('../palette/palette.tsx');
const Palette = lazy(() => loadPalette().then(({ Palette }) => ({ default: Palette })));
const Shortcuts = lazy(() => import('./shortcuts.tsx').then(({ Shortcuts }) => ({ default: Shortcuts })));

/** Loaded when it is first opened. */
type Overlay = 'never' | 'open' | 'closed';

/** Apart, as whatever asks which page is shown: the frame is not drawn again with each page. */
function NotedVisits() {
  useNoteVisits();
  return null;
}

/** The frame of the window: navigation, page, status bar, and the palette over them. */
export function Layout() {
  const { t } = useTranslation();
  const size = useNavigationSize();
  const [palette, setPalette] = useState<Overlay>('never');
  const [shortcuts, setShortcuts] = useState<Overlay>('never');
  const [removing, setRemoving] = useState<Account | undefined>();
  const main = useRef<HTMLElement>(null);
  usePageFocus(main);
  useCommandKeys((_command, reason) => toastDone(reason));
  useDesktopShell();
  useDriftNotices();
  // Made ready while nothing else is to be done, so that the first key after Ctrl+K is not lost.
  useEffect(() => {
    const idle = requestIdleCallback(() => {
      loadPalette().then(
        () => setPalette((before) => (before === 'never' ? 'closed' : before)),
        () => {}, // it is asked for again when it is opened
      );
    });
    return () => cancelIdleCallback(idle);
  }, []);
  const search = useCallback(() => setPalette('open'), []);
  const showShortcuts = useCallback(() => setShortcuts('open'), []);
  return (
    <div className={classes.window}>
      <a href="#content" className={classes.skip}>
        {t('layout.skipToContent')}
      </a>
      <TitleBar />
      <NotedVisits />
      <AppCommands onSearch={search} onShortcuts={showShortcuts} onFold={size.toggle} />
      <ShownCommands onRemove={setRemoving} />
      <div className={classes.frame}>
        <Navigation size={size} onSearch={search} onRemove={setRemoving} />
        <div className={classes.centre}>
          <DryRunBanner />
          <Notices />
          <main ref={main} id="content" className={classes.main} tabIndex={-1}>
            <HintLayer />
            <DropTarget />
            <Outlet />
          </main>
          <StatusBar />
        </div>
      </div>
      {palette !== 'never' && (
        <Suspense>
          <Palette opened={palette === 'open'} onClose={() => setPalette('closed')} />
        </Suspense>
      )}
      {shortcuts !== 'never' && (
        <Suspense>
          <Shortcuts opened={shortcuts === 'open'} onClose={() => setShortcuts('closed')} />
        </Suspense>
      )}
      <RemoveAccount account={removing} onClose={() => setRemoving(undefined)} />
    </div>
  );
}
