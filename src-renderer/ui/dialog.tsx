import { Modal, Text } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './dialog.module.css';

export interface DialogProps {
  title: ReactNode;
  /** A quiet second line: the place it is about. */
  place?: ReactNode;
  opened: boolean;
  onClose: () => void;
  /** For forms; `widest` for long lines, as logs and hashes have them. */
  wide?: boolean | 'widest';
  children: ReactNode;
}

/**
 * Gives the focus back when a dialog that was open from its first drawing is taken away: the library does so only for one that
 * is opened and closed. Where the opener is gone too, the page has it, so that the keyboard goes on from there.
 */
function useFocusBack(opened: boolean): void {
  const [opener] = useState(() => (opened ? document.activeElement : null));
  useEffect(
    () => () => {
      if (!(opener instanceof HTMLElement) || document.activeElement !== document.body) return;
      if (opener.isConnected && opener !== document.body) opener.focus();
      else document.querySelector('main')?.focus();
    },
    [opener],
  );
}

/** A dialog; Escape and its close button end it. An element with `data-autofocus` has the focus first. */
export function Dialog({ title, place, opened, onClose, wide = false, children }: DialogProps) {
  const { t } = useTranslation();
  useFocusBack(opened);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size={wide === 'widest' ? 'xl' : wide ? 'lg' : 'md'}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      classNames={{
        content: classes.content ?? '',
        header: classes.header ?? '',
        title: classes.title ?? '',
      }}
      title={
        <>
          {title}
          {place !== undefined && (
            <Text component="span" display="block" fz="sm" fw={400} c="dimmed">
              {place}
            </Text>
          )}
        </>
      }
    >
      {children}
    </Modal>
  );
}
