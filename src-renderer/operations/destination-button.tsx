import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../src-main/common/operation.ts';
import { shownSubject } from '../operation-kinds.ts';

export interface DestinationButtonProps {
  operation: Operation;
  size?: 'compact-xs' | 'xs';
  onClick?: () => void;
}

/** Opens the repository that a transfer has written to, or the registry where it wrote to several; nothing until it has, nor outside registries. */
export function DestinationButton({ operation, size = 'xs', onClick }: DestinationButtonProps) {
  const { t } = useTranslation();
  const { transfer, changes } = shownSubject(operation);
  const [place, ...more] = transfer && operation.status === 'done' ? changes() : [];
  if (!place) return null;
  const { accountId, repository } = place;
  return (
    <Button
      size={size}
      variant="default"
      renderRoot={(props) =>
        more.length === 0 ? (
          <Link
            to="/registries/$accountId/tags"
            params={{ accountId }}
            search={{ repository }}
            {...props}
            onClick={onClick}
          />
        ) : (
          <Link to="/registries/$accountId" params={{ accountId }} {...props} onClick={onClick} />
        )
      }
    >
      {t('transferPages.openDestination')}
    </Button>
  );
}
