import { Modal, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export interface DialogProps {
  title: ReactNode;
  /** A quiet second line: the place it is about. */
  place?: ReactNode;
  opened: boolean;
  onClose: () => void;
  wide?: boolean;
  children: ReactNode;
}

/** A dialog; Escape and its close button end it. An element with `data-autofocus` has the focus first. */
export function Dialog({ title, place, opened, onClose, wide = false, children }: DialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size={wide ? 'lg' : 'md'}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      styles={{ title: { minWidth: 0, overflowWrap: 'anywhere' } }}
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
