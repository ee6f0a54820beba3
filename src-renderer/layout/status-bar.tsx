import { Progress, VisuallyHidden } from '@mantine/core';
import { useClickOutside } from '@mantine/hooks';
import { Notifications } from '@mantine/notifications';
import {
  IconAlertTriangle,
  IconChevronDown,
  IconChevronUp,
  IconExclamationCircle,
  IconListCheck,
  IconPlayerPause,
  IconPlugConnectedX,
} from '@tabler/icons-react';
import { lazy, type MouseEvent, type Ref, Suspense, useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../src-main/common/operation.ts';
import { useConnectionState } from '../api.ts';
import { useRunNotices } from '../cleanup/use-run-notices.tsx';
import { isTransfer } from '../operation-kinds.ts';
import { isLive, overall, type Work } from '../operations/snapshots.ts';
import { useLine } from '../operations/use-line.ts';
import { useWatchedOperations, useWork } from '../operations/use-operations.ts';
import { remainingText } from '../operations/words.ts';
import { formatPercent } from '../ui/format.ts';
import { STATUS_TEXT } from '../ui/status-text.tsx';
import classes from './status-bar.module.css';
import { useEnded } from './use-ended.ts';

const WorkPanel = lazy(() =>
  import('../operations/work-panel.tsx').then(({ WorkPanel }) => ({ default: WorkPanel })),
);

const PANEL = 'operations';

/**
 * The bottom line of the window: at the left what the page states (`StatusText`), at the right what runs, what stopped and what failed,
 * with a panel of all of it that opens upward. Screen readers are informed of ends alone: progress is there to be read, not to be
 * read out.
 */
export function StatusBar() {
  const { t } = useTranslation();
  const lost = useConnectionState() === 'lost';
  const [open, setOpen] = useState(false);
  const toggle = useRef<HTMLButtonElement>(null);
  const bar = useClickOutside<HTMLElement>(() => setOpen(false), ['pointerdown']);
  const said = useAnnouncements();
  const left = ({ target }: MouseEvent) => {
    // A link out of the panel: what it leads to is what is looked at now.
    if (!(target instanceof Element) || !target.closest(`#${PANEL} a[href^="/"]`)) return;
    setOpen(false);
    document.querySelector('main')?.focus();
  };
  return (
    // biome-ignore lint/a11y: keys and clicks of the buttons and links inside it
    <footer
      ref={bar}
      className={classes.bar}
      aria-label={t('operations.bar.label')}
      data-lost={lost || undefined}
      onClick={left}
      onKeyDown={({ key }) => {
        if (key !== 'Escape' || !open) return;
        setOpen(false);
        toggle.current?.focus();
      }}
    >
      <div className={classes.dock}>
        <Notifications
          position="bottom-right"
          limit={4}
          withinPortal={false}
          notificationMaxHeight={400}
          classNames={{ root: classes.toasts ?? '', notification: classes.toast ?? '' }}
        />
        {open && (
          <Suspense>
            <WorkPanel id={PANEL} />
          </Suspense>
        )}
      </div>
      <VisuallyHidden role="status" aria-live="polite" data-testid="announced">
        {said}
      </VisuallyHidden>
      <div id={STATUS_TEXT} className={classes.text} />
      {lost ? (
        <div className={classes.lost} role="alert">
          <IconPlugConnectedX size={14} aria-hidden />
          <span title={t('layout.connectionLost')}>{t('layout.connectionLost')}</span>
        </div>
      ) : (
        <WorkButton ref={toggle} open={open} onClick={() => setOpen(!open)} />
      )}
    </footer>
  );
}

/** Keeps watch over all operations; what the last ones to end have done, in words. */
function useAnnouncements(): string {
  const { t } = useTranslation();
  const line = useLine();
  const onEnded = useEnded();
  useRunNotices();
  const [said, setSaid] = useState('');
  useWatchedOperations(
    useCallback(
      (ended: readonly Operation[]) => {
        onEnded(ended);
        const sentences = ended.map((operation) => {
          const { status } = operation;
          const name = line(operation);
          return isLive(status) || status === 'done' ? name : t(`operations.announce.${status}`, { name });
        });
        setSaid(sentences.join('\n'));
      },
      [t, line, onEnded],
    ),
  );
  return said;
}

interface WorkButtonProps {
  ref: Ref<HTMLButtonElement>;
  open: boolean;
  onClick: () => void;
}

/** What there is of work, in a few words; opens the panel of it. */
function WorkButton({ ref, open, onClick }: WorkButtonProps) {
  const { t } = useTranslation();
  const { running, stopped, failed } = useWork();
  const idle = running.length + stopped.length + failed.length === 0;
  const paused = stopped.filter(({ status }) => status === 'paused').length;
  const interrupted = stopped.length - paused;
  const Chevron = open ? IconChevronDown : IconChevronUp;
  return (
    <button
      ref={ref}
      type="button"
      className={classes.toggle}
      aria-expanded={open}
      aria-controls={open ? PANEL : undefined}
      aria-label={idle ? t('operations.bar.idle') : undefined}
      data-hint={idle ? t('operations.bar.idle') : undefined}
      onClick={onClick}
    >
      {running.length > 0 && <Running running={running} />}
      {paused > 0 && (
        <span className={classes.part} data-tone="warning">
          <IconPlayerPause size={14} aria-hidden />
          {t('operations.bar.paused', { count: paused })}
        </span>
      )}
      {interrupted > 0 && (
        <span className={classes.part} data-tone="warning">
          <IconAlertTriangle size={14} aria-hidden />
          {t('operations.bar.interrupted', { count: interrupted })}
        </span>
      )}
      {failed.length > 0 && (
        <span className={classes.part} data-tone="danger">
          <IconExclamationCircle size={14} aria-hidden />
          {t('operations.bar.failed', { count: failed.length })}
        </span>
      )}
      {idle && (
        <span className={classes.part}>
          <IconListCheck size={14} aria-hidden />
          {t('operations.bar.nothing')}
        </span>
      )}
      <Chevron size={14} aria-hidden />
    </button>
  );
}

function Running({ running }: Pick<Work, 'running'>) {
  const { t, i18n } = useTranslation();
  const { share, remaining } = overall(running);
  const words = running.every(isTransfer) ? 'operations.bar.transfers' : 'operations.bar.running';
  const facts = [
    t(words, { count: running.length }),
    formatPercent(share, i18n.language),
    remaining !== undefined && remainingText(t, remaining),
  ].filter((fact) => fact !== false);
  return (
    <span className={classes.part} data-tone="running">
      <Progress.Root size={4} className={classes.share ?? ''} aria-hidden>
        <Progress.Section value={share * 100} withAria={false} />
      </Progress.Root>
      {facts.join(' · ')}
    </span>
  );
}
