import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { Link, linkOptions, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { SavedCleanup, ScheduledRun } from '../../src-main/common/cleanup-run.ts';
import { useAccounts } from '../accounts/queries.ts';
import { desktopShell } from '../desktop-shell.ts';
import { failureTitle } from '../ui/failure-words.ts';
import { formatCount } from '../ui/format.ts';
import { closeButton } from '../ui/toast.tsx';
import { useRemembered } from '../ui/use-remembered.ts';
import { scheduledQuery } from './queries.ts';

/** When the run was of which was told last, by the id of its rules. */
const told = z.record(z.string(), z.string());
const NOTHING: z.infer<typeof told> = {};

/**
 * Tells once, in whichever window is there first, of each run by schedule that waits for consent or failed: in a toast that stays until
 * it is closed, and by the system while nobody looks at the window.
 */
export function useRunNotices(): void {
  const { t, i18n } = useTranslation();
  const router = useRouter();
  const { data: scheduled } = useQuery(scheduledQuery);
  const { data: accounts } = useAccounts();
  const [before, remember] = useRemembered('cleanup.told', told, NOTHING);
  useEffect(() => {
    for (const saved of scheduled?.values() ?? []) {
      const { id, name, accountId, lastRun } = saved;
      const registry = accounts?.find((account) => account.id === accountId)?.name;
      if (!lastRun || !isTold(lastRun) || registry === undefined) continue;
      // Another window may know of a later one already.
      if ((before[id] ?? '') >= lastRun.at) continue;
      const title = t(`cleanup.notice.${lastRun.outcome}`, { name });
      const { tags = 0, manifests = 0, failure } = lastRun;
      const [what, count] = tags > 0 ? (['tags', tags] as const) : (['manifests', manifests] as const);
      const text =
        lastRun.outcome === 'failed'
          ? [registry, failure && failureTitle(t, failure)].filter(Boolean).join(' · ')
          : t(`cleanup.notice.${what}`, { count, formatted: formatCount(count, i18n.language), registry });
      showNotice(saved, { title, text });
      desktopShell()?.notify({
        id: `${id} ${lastRun.at}`,
        title: title.slice(0, 200),
        text: text.slice(0, 500),
        path: router.buildLocation(rulesLink(saved)).href,
      });
      remember((others) => ({ ...others, [id]: lastRun.at }));
    }
  }, [scheduled, accounts, before, remember, router, t, i18n.language]);
}

function isTold(run: ScheduledRun): run is ScheduledRun & { outcome: 'waits' | 'failed' } {
  return run.outcome === 'waits' || run.outcome === 'failed';
}

function rulesLink({ id, accountId }: SavedCleanup) {
  return linkOptions({ to: '/registries/$accountId/cleanup', params: { accountId }, search: { rules: id } });
}

function showNotice(saved: SavedCleanup, { title, text }: { title: string; text: string }): void {
  const toast = `cleanup-${saved.id}`;
  // Of the run before.
  notifications.hide(toast);
  notifications.show({
    id: toast,
    color: saved.lastRun?.outcome === 'failed' ? 'red' : 'yellow',
    title,
    message: <Notice saved={saved} text={text} onLeave={() => notifications.hide(toast)} />,
    autoClose: false,
    closeButtonProps: closeButton(),
  });
}

interface NoticeProps {
  saved: SavedCleanup;
  text: string;
  onLeave: () => void;
}

function Notice({ saved, text, onLeave }: NoticeProps) {
  const { t } = useTranslation();
  return (
    <div data-notice={saved.id}>
      <div>{text}</div>
      <Button
        mt={6}
        size="compact-xs"
        variant="default"
        renderRoot={(props) => <Link {...rulesLink(saved)} {...props} onClick={onLeave} />}
      >
        {t('cleanup.notice.open')}
      </Button>
    </div>
  );
}
