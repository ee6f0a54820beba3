import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { failureOf } from './failure.ts';

/** A short word that something was done. */
export function toastDone(message: string): void {
  notifications.show({ message, color: 'harbour', closeButtonProps: closeButton() });
}

/** What failed, for actions that have no place of their own to show it; a cancelled call shows nothing. */
export function toastFailure(error: unknown): void {
  const { code, reason } = failureOf(error);
  if (code === 'cancelled') return;
  notifications.show({
    color: 'red',
    title: i18next.t(`errors.${code}.title`),
    message: reason ?? i18next.t(`errors.${code}.help`),
    autoClose: 12_000,
    closeButtonProps: closeButton(),
  });
}

/** The button's name, in the language of the moment. */
function closeButton() {
  return { 'aria-label': i18next.t('common.close') };
}
