import i18next from 'i18next';
import { toastDone, toastFailure } from './toast.tsx';

/** Copies a text and says so: for what has no button of its own to say it on, such as the items of a menu. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toastDone(i18next.t('common.copied'));
  } catch (error) {
    toastFailure(error);
  }
}
