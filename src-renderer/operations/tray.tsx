import { Button, VisuallyHidden } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../src-main/common/operation.ts';
import { api } from '../api.ts';
import { lineOf } from '../operation-kinds.ts';
import { toastFailure } from '../ui/toast.tsx';
import { OperationRow } from './operation-row.tsx';
import { isLive } from './snapshots.ts';
import classes from './tray.module.css';
import { useWatchedOperations } from './use-operations.ts';

export interface OperationsTrayProps {
  /** Hears of operations that came to an end, to read again what they changed. */
  onEnded: (operations: readonly Operation[]) => void;
}

/**
 * The operations at the bottom of the window: nothing when there are none. Screen readers are informed of ends alone: progress is
 * there to be read, not to be read out.
 */
export function OperationsTray({ onEnded }: OperationsTrayProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useLocalStorage({ key: 'wharfinger.tray', defaultValue: true });
  const [said, setSaid] = useState('');
  const announce = useCallback(
    (ended: readonly Operation[]) => {
      onEnded(ended);
      const sentences = ended.map((operation) => {
        const { status } = operation;
        const name = lineOf(t, operation);
        return isLive(status) ? name : t(`operations.announce.${status}`, { name });
      });
      setSaid(sentences.join('\n'));
    },
    [t, onEnded],
  );
  const rows = useWatchedOperations(announce);
  const dismissAll = useMutation({
    mutationFn: (ids: readonly string[]) =>
      Promise.all(ids.map((operationId) => api.operations.dismiss({ operationId }))),
    onError: toastFailure,
  });

  const running = rows.filter(({ status }) => isLive(status)).length;
  const failed = rows.filter(({ status }) => status === 'failed').length;
  const ended = rows.filter(({ status }) => !isLive(status));
  const counts = [
    running > 0 && t('operations.running', { count: running }),
    failed > 0 && t('operations.failed', { count: failed }),
    ended.length - failed > 0 && t('operations.finished', { count: ended.length - failed }),
  ].filter((part) => part !== false);
  const Chevron = open ? IconChevronDown : IconChevronUp;

  return (
    <>
      <VisuallyHidden role="status" aria-live="polite">
        {said}
      </VisuallyHidden>
      {rows.length > 0 && (
        <section className={classes.tray} aria-label={t('operations.title')}>
          <div className={classes.head}>
            <button
              type="button"
              className={classes.toggle}
              aria-expanded={open}
              aria-label={open ? t('operations.collapse') : t('operations.expand')}
              onClick={() => setOpen(!open)}
            >
              <Chevron size={16} aria-hidden />
              {t('operations.title')}
            </button>
            <span className={classes.counts}>{counts.join(' · ')}</span>
            {ended.length > 1 && (
              <Button
                size="compact-xs"
                variant="subtle"
                color="gray"
                loading={dismissAll.isPending}
                onClick={() => dismissAll.mutate(ended.map(({ id }) => id))}
              >
                {t('operations.dismissAll')}
              </Button>
            )}
          </div>
          {open && (
            <ul className={classes.list}>
              {rows.map((operation) => (
                <OperationRow key={operation.id} operation={operation} />
              ))}
            </ul>
          )}
        </section>
      )}
    </>
  );
}
