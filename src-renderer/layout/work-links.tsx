import {
  IconArrowsDiff,
  IconArrowsRightLeft,
  IconChartTreemap,
  IconFilterCog,
  IconHistory,
  IconListSearch,
  IconSettings,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { isTransfer } from '../operation-kinds.ts';
import { operationQueries } from '../operations/queries.ts';
import { overall, workOf } from '../operations/snapshots.ts';
import { formatPercent } from '../ui/format.ts';
import classes from './navigation.module.css';
import { useStop } from './stops.tsx';

const PAGES = [
  { to: '/find', name: 'layout.find', Icon: IconListSearch },
  { to: '/storage', name: 'layout.storage', Icon: IconChartTreemap },
  { to: '/cleanup', name: 'layout.cleanup', Icon: IconFilterCog },
  { to: '/compare', name: 'layout.compare', Icon: IconArrowsDiff },
  { to: '/transfers', name: 'layout.transfers', Icon: IconArrowsRightLeft },
  { to: '/activity', name: 'layout.activity', Icon: IconHistory },
  { to: '/settings', name: 'layout.settings', Icon: IconSettings },
] as const;

/** The pages that belong to no registry, with what runs. */
export const WorkLinks = memo(({ collapsed }: { collapsed: boolean }) => {
  const { t } = useTranslation();
  const running = useRunningTransfers();
  return (
    <section className={classes.bottom} aria-label={t('layout.work')}>
      {!collapsed && (
        <div className={classes.heading}>
          <h2>{t('layout.work')}</h2>
        </div>
      )}
      {PAGES.map((page) => (
        <PageLink
          key={page.to}
          {...page}
          collapsed={collapsed}
          note={page.to === '/transfers' ? running : undefined}
        />
      ))}
    </section>
  );
});

type PageLinkProps = (typeof PAGES)[number] & { collapsed: boolean; note: string | undefined };

function PageLink({ to, name, Icon, collapsed, note }: PageLinkProps) {
  const { t } = useTranslation();
  const stop = useStop(to);
  const words = t(name);
  return (
    <Link
      {...stop}
      data-hint={collapsed ? [words, note].filter(Boolean).join(': ') : undefined}
      data-hint-side="right"
      to={to}
      className={classes.item}
      aria-label={words}
      aria-description={note}
    >
      <Icon size={17} stroke={1.6} aria-hidden />
      {collapsed ? (
        note !== undefined && <span className={classes.badge} />
      ) : (
        <>
          <span className={classes.label}>{words}</span>
          {note !== undefined && <span className={classes.note}>{note}</span>}
        </>
      )}
    </Link>
  );
}

/** `1 running · 42%`: without the share as long as it is not known how much there is. */
function useRunningTransfers(): string | undefined {
  const { t, i18n } = useTranslation();
  // A text, which is the same for many snapshots.
  return useQuery({
    ...operationQueries.watched(),
    select: (known) => {
      const running = workOf(known).running.filter(isTransfer);
      if (running.length === 0) return undefined;
      const words = t('layout.running', { count: running.length });
      const isMeasured = running.some(({ progress }) => progress.bytes.total + progress.steps.total > 0);
      return isMeasured ? `${words} · ${formatPercent(overall(running).share, i18n.language)}` : words;
    },
  }).data;
}
