import { Checkbox, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export interface PlatformBoxesProps {
  /** Those that the images have. */
  platforms: readonly string[];
  /** None: all of them. */
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

/** The platforms of the images that go; the last one cannot be left out. */
export function PlatformBoxes({ platforms, chosen, onChange }: PlatformBoxesProps) {
  const { t } = useTranslation();
  const isChosen = (platform: string) => chosen.length === 0 || chosen.includes(platform);
  const ticked = platforms.filter(isChosen);
  return (
    <Checkbox.Group
      label={t('transferPages.platforms')}
      value={ticked}
      onChange={(next) => {
        if (next.length > 0) onChange(next.length === platforms.length ? [] : next);
      }}
    >
      <Group gap="8px 20px" mt={6}>
        {platforms.map((platform) => (
          <Checkbox
            key={platform}
            value={platform}
            label={platform}
            disabled={ticked.length === 1 && ticked[0] === platform}
            styles={{ label: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          />
        ))}
      </Group>
    </Checkbox.Group>
  );
}
