import { Button } from '@mantine/core';
import { IconInfoTriangle } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Notice } from '../../src-main/common/settings.ts';
import { orpc } from '../api.ts';
import { toastFailure } from '../ui/toast.tsx';
import classes from './layout.module.css';

/** What the user must know about (a settings file kept aside, say), until dismissed. */
export function Notices() {
  const client = useQueryClient();
  const notices = useQuery(orpc.app.notices.queryOptions());
  const dismiss = useMutation(
    orpc.app.dismissNotice.mutationOptions({
      onSuccess: () => client.invalidateQueries({ queryKey: orpc.app.notices.key() }),
      onError: toastFailure,
    }),
  );
  return notices.data?.map((notice) => (
    <NoticeLine key={notice.id} notice={notice} onDismiss={() => dismiss.mutate({ id: notice.id })} />
  ));
}

function NoticeLine({ notice, onDismiss }: { notice: Notice; onDismiss: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={classes.notice} role="status" data-notice={notice.kind}>
      <IconInfoTriangle size={16} aria-hidden />
      <div className={classes.noticeText}>
        <NoticeWords notice={notice} />
      </div>
      <Button size="compact-xs" variant="default" onClick={onDismiss}>
        {t('common.dismiss')}
      </Button>
    </div>
  );
}

function NoticeWords({ notice }: { notice: Notice }) {
  const { t } = useTranslation();
  switch (notice.kind) {
    case 'keychain': {
      const words = notice.state === 'locked' ? 'keychainLocked' : 'keychainUnavailable';
      return (
        <>
          <strong>{t(`errors.${words}.title`)}.</strong> {t(`errors.${words}.help`)}
          <Reason text={notice.reason} />
        </>
      );
    }
    case 'settingsUnread':
      return (
        <>
          <strong>{t('layout.notices.settingsUnread')}</strong> {t('layout.notices.settingsUnreadHelp')}
          {notice.fields.map(({ path, reason }) => (
            <Reason key={path} text={`${path}: ${reason}`} />
          ))}
        </>
      );
    case 'settingsNewer':
      return (
        <>
          <strong>{t('layout.notices.settingsNewer')}</strong> {t('layout.notices.settingsNewerHelp')}
        </>
      );
    default:
      return (
        <>
          <strong>{t(`layout.notices.${notice.kind}`)}</strong> {t('layout.notices.keptAs')}{' '}
          <code>{notice.keptAs}</code>
          <Reason text={notice.reason} />
        </>
      );
  }
}

function Reason({ text }: { text: string }) {
  return text === '' ? null : <div className={classes.noticeReason}>{text}</div>;
}
