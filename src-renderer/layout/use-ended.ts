import { type HotkeyItem, useHotkeys } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../src-main/common/operation.ts';
import { toastEnded } from '../operations/ended-toast.tsx';
import { useUndoAtOnce } from '../plans/use-undo-at-once.ts';
import { toastDone } from '../ui/toast.tsx';
import { refreshChanged } from './refresh-changed.ts';
import { useNotice } from './use-notice.ts';

/** Toasts of operations that end together; the history has the others. */
const TOASTS = 3;

/** Where keys write. */
const TEXT = 'input:not([type="checkbox"], [type="radio"]), textarea, [contenteditable="true"]';

/**
 * What follows when operations end: what they changed is read again, and each is shown in a toast. While that can be taken back,
 * Ctrl+Z (or ⌘Z) does it, the latest one first.
 */
export function useEnded(): (operations: readonly Operation[]) => void {
  const { t } = useTranslation();
  const client = useQueryClient();
  const undo = useUndoAtOnce();
  const latest = useRef(undo);
  latest.current = undo;
  const notify = useRef<(operation: Operation) => void>(() => {});
  notify.current = useNotice();
  /** By their toasts, the latest last. */
  const undoable = useRef(new Map<string, Operation>());
  const take: HotkeyItem = [
    'mod+Z',
    ({ target }) => {
      // In a text it takes back what was typed.
      if (target instanceof Element && target.matches(TEXT)) return;
      const [toast, operation] = [...undoable.current].at(-1) ?? [];
      if (toast === undefined || operation === undefined) return;
      notifications.hide(toast);
      latest.current(operation);
    },
    { preventDefault: false },
  ];
  useHotkeys([take], []);
  return useCallback(
    (operations) => {
      refreshChanged(client, operations);
      // What stopped stands in the status bar.
      const ended = operations.filter(({ status }) => status !== 'paused' && status !== 'interrupted');
      for (const operation of ended.slice(0, TOASTS)) {
        const toast = toastEnded(operation, {
          undo: (each) => latest.current(each),
          onClose: () => undoable.current.delete(toast),
        });
        if (operation.actions.undo && operation.status !== 'failed') undoable.current.set(toast, operation);
      }
      for (const operation of ended.slice(0, TOASTS)) notify.current(operation);
      const more = ended.length - TOASTS;
      if (more > 0) toastDone(t('operations.ended', { count: more }));
    },
    [client, t],
  );
}
