import { useHotkeys } from '@mantine/hooks';
import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DropTarget } from '../push/drop-target.tsx';
import { HintLayer } from '../ui/hint-layer.tsx';
import classes from './layout.module.css';
import { Navigation } from './navigation.tsx';
import { Notices } from './notices.tsx';
import { StatusBar } from './status-bar.tsx';

const loadPalette = () => import('../palette/palette.tsx');
const Palette = lazy(() => loadPalette().then(({ Palette }) => ({ default: Palette })));

/** The frame of the window: navigation, page, status bar, and the palette over them. */
export function Layout() {
  const { t } = useTranslation();
  const [palette, setPalette] = useState<'never' | 'open' | 'closed'>('never');
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
  // An empty list of ignored elements: the keys work while a filter or a field has the focus.
  useHotkeys([['mod+K', () => setPalette((before) => (before === 'open' ? 'closed' : 'open'))]], []);
  return (
    <div className={classes.frame}>
      <a href="#content" className={classes.skip}>
        {t('layout.skipToContent')}
      </a>
      <Navigation onSearch={() => setPalette('open')} />
      <div className={classes.centre}>
        <Notices />
        <main id="content" className={classes.main} tabIndex={-1}>
          <HintLayer />
          <DropTarget />
          <Outlet />
        </main>
        <StatusBar />
      </div>
      {palette !== 'never' && (
        <Suspense>
          <Palette opened={palette === 'open'} onClose={() => setPalette('closed')} />
        </Suspense>
      )}
    </div>
  );
}
