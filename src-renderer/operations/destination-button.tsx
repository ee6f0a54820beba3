import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../src-main/common/operation.ts';
import { destinationLink } from './destination-link.ts';

export interface DestinationButtonProps {
  operation: Operation;
  size?: 'compact-xs' | 'xs';
  onClick?: () => void;
}

/** Opens where a transfer has written to; nothing until it has. */
export function DestinationButton({ operation, size = 'xs', onClick }: DestinationButtonProps) {
  const { t } = useTranslation();
  const link = destinationLink(operation);
  if (!link) return null;
  return (
    <Button
      size={size}
      variant="default"
      renderRoot={(props) => <Link {...link} {...props} onClick={onClick} />}
    >
      {t('transferPages.openDestination')}
    </Button>
  );
}
