import { notifications } from '@mantine/notifications';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../src-main/common/operation.ts';
import { useCommands } from '../commands/use-commands.ts';
import { toastEnded } from '../operations/ended-toast.tsx';
import { useLine } from '../operations/use-line.ts';
import { useUndoAtOnce } from '../plans/use-undo-at-once.ts';
import { toastDone } from '../ui/toast.tsx';
import { refreshChanged } from './refresh-changed.ts';
import { useNotice } from './use-notice.ts';

/** Toasts of operations that end together; the history has the others. */
const TOASTS = 3;

/**
 * What follows when operations end: what they changed is read again, and each is shown in a toast. While it is there, the command
 * (Ctrl+Z, or ⌘Z) takes back what can be taken back, the latest one first.
 */
export function useEnded(): (operations: readonly Operation[]) => void {
  const { t } = useTranslation();
  const client = useQueryClient();
  const line = useLine();
  const undo = useUndoAtOnce();
  const latest = useRef(undo);
  latest.current = undo;
  const notify = useRef<(operation: Operation) => void>(() => {});
  notify.current = useNotice();
  /** By their toasts, the latest last. */
  const [undoable, setUndoable] = useState<ReadonlyMap<string, Operation>>(new Map());
  const [toast, operation] = [...undoable].at(-1) ?? [];
  useCommands([
    {
      id: 'app.undo',
      group: 'app',
      label: operation ? t('operations.undoLast', { name: line(operation) }) : t('operations.undo'),
      words: 'undo revert restore 撤销 恢复 还原',
      keys: ['mod+Z'],
      icon: IconArrowBackUp,
      reason: operation ? undefined : t('operations.nothingToUndo'),
      run: () => {
        if (toast === undefined || !operation) return;
        notifications.hide(toast);
        undo(operation);
      },
    },
  ]);
  return useCallback(
    (operations) => {
      refreshChanged(client, operations);
      // What stopped stands in the status bar.
      const ended = operations.filter(({ status }) => status !== 'paused' && status !== 'interrupted');
      for (const operation of ended.slice(0, TOASTS)) {
        const toast = toastEnded(operation, {
          undo: (each) => latest.current(each),
          onClose: () => setUndoable((before) => new Map([...before].filter(([each]) => each !== toast))),
        });
        if (operation.actions.undo && operation.status !== 'failed')
          setUndoable((before) => new Map([...before, [toast, operation]]));
      }
      for (const operation of ended.slice(0, TOASTS)) notify.current(operation);
      const more = ended.length - TOASTS;
      if (more > 0) toastDone(t('operations.ended', { count: more }));
    },
    [client, t],
  );
}
