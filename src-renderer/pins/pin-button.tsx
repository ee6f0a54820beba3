import { ActionIcon } from '@mantine/core';
import { IconStar, IconStarFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Pin } from '../../src-main/common/settings.ts';
import { usePins } from './use-pins.ts';

/** The star of a repository. */
export function PinButton({ place }: { place: Pin }) {
  const { t } = useTranslation();
  const { isPinned, toggle } = usePins();
  const pinned = isPinned(place);
  const words = t(pinned ? 'commands.unpin' : 'commands.pin', { name: place.repository });
  const Icon = pinned ? IconStarFilled : IconStar;
  return (
    <ActionIcon
      size="sm"
      variant="subtle"
      color={pinned ? 'harbour' : 'gray'}
      aria-label={t('commands.pin', { name: place.repository })}
      aria-pressed={pinned}
      data-hint={words}
      onClick={() => toggle(place)}
    >
      <Icon size={16} />
    </ActionIcon>
  );
}
