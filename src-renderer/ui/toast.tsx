import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { failureOf } from './failure.ts';
import { failureWords } from './failure-words.ts';

export interface ToastAction {
  label: string;
  act: () => void;
}

/** Milliseconds that a toast with a button stays: long enough to read it and to reach the button. */
const WITH_ACTION = 10_000;

/** A short word that something was done, with a button that goes on from there. */
export function toastDone(message: string, action?: ToastAction): void {
  const id = notifications.show({
    message: action ? (
      <Group gap="sm" justify="space-between" wrap="nowrap">
        <Text span fz="sm" style={{ overflowWrap: 'anywhere' }}>
          {message}
        </Text>
        <Button
          size="compact-xs"
          variant="default"
          style={{ flex: 'none' }}
          onClick={() => {
            notifications.hide(id);
            action.act();
          }}
        >
          {action.label}
        </Button>
      </Group>
    ) : (
      message
    ),
    color: 'harbour',
    ...(action && { autoClose: WITH_ACTION }),
    closeButtonProps: closeButton(),
  });
}

/**
 * What failed and what it is about, for actions that have no place of their own to show it; a cancelled call shows nothing. Where
 * a sign-in is asked for, how to give one says more than the registry's own words.
 */
export function toastFailure(error: unknown): void {
  const failure = failureOf(error);
  if (failure.code === 'cancelled') return;
  const { title, help } = failureWords(i18next.t, failure);
  notifications.show({
    color: 'red',
    title,
    message: (
      <>
        {failure.object !== undefined && (
          <Text span display="block" fz="sm" ff="monospace">
            {failure.object}
          </Text>
        )}
        {failure.signInAt === undefined ? (failure.reason ?? help) : help}
      </>
    ),
    autoClose: 12_000,
    closeButtonProps: closeButton(),
  });
}

/** The button's name, in the language of the moment. */
function closeButton() {
  return { 'aria-label': i18next.t('common.close') };
}
