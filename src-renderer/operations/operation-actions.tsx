import { ActionIcon, Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../src-main/common/operation.ts';
import { kindNamed } from '../operation-kinds.ts';
import { useTabIndex } from '../ui/row-focus.ts';
import { retryWord } from './snapshots.ts';
import { useOperationActs } from './use-operation-acts.ts';
import classes from './work.module.css';

export interface OperationActionsProps {
  operation: Operation;
  /** What it does, for the names of the buttons. */
  name: string;
  size?: 'compact-xs' | 'xs';
  /** It can be put away. */
  dismissable?: boolean;
  /** Many stand below each other: without edges. */
  quiet?: boolean;
}

/** What can be done about an operation, as the main side has it: pause, cancel, undo, go on, put away. */
export function OperationActions({
  operation,
  name,
  size = 'compact-xs',
  dismissable = false,
  quiet = false,
}: OperationActionsProps) {
  const { t } = useTranslation();
  const tabIndex = useTabIndex();
  const { pause, cancel, retry, dismiss, undo } = useOperationActs();
  const { actions, id } = operation;
  const input = { operationId: id };
  const labelled = (action: string) => ({ 'aria-label': t('operations.actionOn', { action, name }) });
  const button = (
    action: 'pause' | 'cancel' | 'undo' | ReturnType<typeof retryWord>,
    isPending: boolean,
    act: () => void,
  ) => {
    const word = t(`operations.${action}`);
    return (
      <Button
        size={size}
        variant={quiet ? 'subtle' : 'default'}
        tabIndex={tabIndex}
        data-action={action}
        loading={isPending}
        onClick={act}
        {...labelled(word)}
      >
        {word}
      </Button>
    );
  };
  const dismisses = dismissable && actions.dismiss;
  const Buttons = kindNamed(operation.subject.kind)?.Buttons;
  if (!Buttons && !actions.pause && !actions.cancel && !actions.retry && !actions.undo && !dismisses)
    return null;
  return (
    <div className={classes.actions} data-size={size}>
      {Buttons && (
        <Suspense>
          <Buttons operation={operation} name={name} size={size} />
        </Suspense>
      )}
      {actions.undo && button('undo', undo.isPending, () => undo.undo(operation))}
      {actions.pause && button('pause', pause.isPending, () => pause.mutate(input))}
      {actions.retry && button(retryWord(operation), retry.isPending, () => retry.mutate(input))}
      {actions.cancel && button('cancel', cancel.isPending, () => cancel.mutate(input))}
      {dismisses && (
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
