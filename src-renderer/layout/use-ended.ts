import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../src-main/common/operation.ts';
import { lineOf } from '../operation-kinds.ts';
import { useUndo } from '../plans/use-undo.ts';
import { toastDone } from '../ui/toast.tsx';
import { refreshChanged } from './refresh-changed.ts';

/** Toasts at a time: more that end together are in the tray. */
const TOASTS = 3;

/** What follows when operations end: what they changed is read again, and what can be taken back says so. */
export function useEnded(): (operations: readonly Operation[]) => void {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { undo } = useUndo();
  const latest = useRef(undo);
  latest.current = undo;
  return useCallback(
    (operations) => {
      refreshChanged(client, operations);
      const undoable = operations.filter(({ status, actions }) => status === 'done' && actions.undo);
      for (const operation of undoable.slice(0, TOASTS)) {
        toastDone(t('operations.announce.done', { name: lineOf(t, operation) }), {
          label: t('operations.undo'),
          act: () => latest.current(operation),
        });
      }
    },
    [client, t],
  );
}
