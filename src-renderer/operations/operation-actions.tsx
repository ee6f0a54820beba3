import { ActionIcon, Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../src-main/common/operation.ts';
import { orpc } from '../api.ts';
import { useTabIndex } from '../ui/row-focus.ts';
import { toastFailure } from '../ui/toast.tsx';
import { canGiveUp, canPause, isLive, retryWord } from './snapshots.ts';
import classes from './tray.module.css';

export interface OperationActionsProps {
  operation: Operation;
  /** What it does, for the names of the buttons. */
  name: string;
  size?: 'compact-xs' | 'xs';
  /** In the tray it can be put away. */
  dismissable?: boolean;
}

/** What can be done about an operation: pause, cancel, undo, go on, put away. */
export function OperationActions({
  operation,
  name,
  size = 'compact-xs',
  dismissable = false,
}: OperationActionsProps) {
  const { t } = useTranslation();
  const tabIndex = useTabIndex();
  const options = { onError: toastFailure };
  const pause = useMutation(orpc.operations.pause.mutationOptions(options));
  const cancel = useMutation(orpc.operations.cancel.mutationOptions(options));
  const retry = useMutation(orpc.operations.retry.mutationOptions(options));
  const undo = useMutation(orpc.operations.undo.mutationOptions(options));
  const dismiss = useMutation(orpc.operations.dismiss.mutationOptions(options));
  const input = { operationId: operation.id };
  const labelled = (action: string) => ({ 'aria-label': t('operations.actionOn', { action, name }) });
  const button = (
    action: 'pause' | 'cancel' | 'undo' | ReturnType<typeof retryWord>,
    mutation: typeof pause | typeof undo,
  ) => {
    const word = t(`operations.${action}`);
    return (
      <Button
        size={size}
        variant="default"
        tabIndex={tabIndex}
        loading={mutation.isPending}
        onClick={() => mutation.mutate(input)}
        {...labelled(word)}
      >
        {word}
      </Button>
    );
  };
  const { status } = operation;
  if (isLive(status)) {
    return (
      <div className={classes.actions}>
        {canPause(operation) && button('pause', pause)}
        {button('cancel', cancel)}
      </div>
    );
  }
  if (status === 'done' && !operation.undoable && !dismissable) return null;
  return (
    <div className={classes.actions}>
      {operation.undoable && button('undo', undo)}
      {status !== 'done' && button(retryWord(operation), retry)}
      {canGiveUp(operation) && button('cancel', cancel)}
      {dismissable && (
        <ActionIcon
          data-hint={t('operations.dismiss')}
          size="sm"
          variant="subtle"
          color="gray"
          loading={dismiss.isPending}
          onClick={() => dismiss.mutate(input)}
          {...labelled(t('operations.dismiss'))}
        >
          <IconX size={14} />
        </ActionIcon>
      )}
    </div>
  );
}
