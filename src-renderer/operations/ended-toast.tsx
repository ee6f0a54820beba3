import { Button } from '@mantine/core';
import { type NotificationData, notifications } from '@mantine/notifications';
import { Link } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../src-main/common/operation.ts';
import { keysText } from '../commands/keys.ts';
import { useIsMac } from '../commands/use-is-mac.ts';
import { desktopFiles } from '../desktop-files.ts';
import { kindNamed, shownSubject } from '../operation-kinds.ts';
import { failureTitle } from '../ui/failure-words.ts';
import { closeButton } from '../ui/toast.tsx';
import { DestinationButton } from './destination-button.tsx';
import { detailsLink } from './details-link.ts';
import classes from './ended-toast.module.css';
import { isLive } from './snapshots.ts';
import { useLine } from './use-line.ts';
import { useOperation } from './use-operation.ts';
import { failedText } from './words.ts';

/** Milliseconds that an operation can be taken back from its toast, in which it has neither the pointer nor the focus. */
const UNDO_MS = 8_000;

export interface EndedToastActs {
  undo: (operation: Operation) => void;
  /** The toast is gone, however. */
  onClose: () => void;
}

/** What has ended, with what can be done about it; what failed, or has a file to fetch, stays until it is closed. @returns its id */
export function toastEnded(operation: Operation, { undo, onClose }: EndedToastActs): string {
  const { id, status } = operation;
  const toast = `ended-${id}`;
  const stays =
    status === 'failed' || (status === 'done' && shownSubject(operation).offers && !desktopFiles());
  const autoClose = stays ? false : UNDO_MS;
  // Of an earlier run.
  notifications.hide(toast);
  const shown: NotificationData = {
    id: toast,
    // What has ended is said by the status bar.
    role: 'group',
    'data-toast': true,
    color: { done: 'harbour', failed: 'red' }[status as string] ?? 'gray',
    message: <EndedToast operation={operation} undo={undo} close={() => notifications.hide(toast)} />,
    autoClose,
    withAutoCloseProgress: operation.actions.undo && !stays,
    // What can be taken back for seconds only is not kept waiting by what stays.
    priority: stays ? 0 : 1,
    onClose,
    closeButtonProps: closeButton(),
  };
  // The library waits for the pointer by itself, for the focus it does not.
  const wait = (waits: boolean) => notifications.update({ ...shown, autoClose: waits ? false : autoClose });
  notifications.show({
    ...shown,
    onFocusCapture: () => wait(true),
    onBlurCapture: ({ currentTarget, relatedTarget }) => {
      if (!currentTarget.contains(relatedTarget)) wait(false);
    },
  });
  return toast;
}

interface EndedToastProps {
  operation: Operation;
  undo: EndedToastActs['undo'];
  close: () => void;
}

function EndedToast({ operation: ended, undo, close }: EndedToastProps) {
  const { t, i18n } = useTranslation();
  const line = useLine();
  const isMac = useIsMac();
  // As it is by now: it may have been taken back, or run again.
  const { operation = ended } = useOperation(ended.id);
  const { status, failure, actions } = operation;
  const name = line(operation);
  const failed = failedText(t, i18n.language, operation);
  const Buttons = status === 'done' ? kindNamed(operation.subject.kind)?.Buttons : undefined;
  return (
    <div className={classes.toast} data-ended={operation.id} data-status={status}>
      <div className={classes.text}>
        <div>{isLive(status) || status === 'done' ? name : t(`operations.announce.${status}`, { name })}</div>
        {status === 'failed' && (
          <div className={classes.why}>
            {[failed, failure && failureTitle(t, failure)].filter(Boolean).join(' · ')}
          </div>
        )}
      </div>
      <div className={classes.buttons}>
        {Buttons && (
          <Suspense>
            <Buttons operation={operation} name={name} size="compact-xs" />
          </Suspense>
        )}
        <DestinationButton operation={operation} size="compact-xs" onClick={close} />
        {status !== 'done' && (
          <Button
            size="compact-xs"
            variant="default"
            renderRoot={(props) => <Link {...detailsLink(operation)} {...props} onClick={close} />}
          >
            {t('common.details')}
          </Button>
        )}
        {actions.undo && (
          <Button
            size="compact-xs"
            variant="default"
            rightSection={
              status !== 'failed' && <span className={classes.keys}>{keysText('mod+Z', isMac)}</span>
            }
            data-undoable={status !== 'failed' || undefined}
            onClick={() => {
              close();
              undo(operation);
            }}
          >
            {t('operations.undo')}
          </Button>
        )}
      </div>
    </div>
  );
}
