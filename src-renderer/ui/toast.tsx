import { Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { failureOf } from './failure.ts';
import { failureWords } from './failure-words.ts';

/** A short word that something was done. */
export function toastDone(message: string): void {
  notifications.show({ message, color: 'harbour', closeButtonProps: closeButton() });
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
export function closeButton() {
  return { 'aria-label': i18next.t('common.close') };
}
