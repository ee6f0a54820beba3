import { Button, Checkbox, Collapse, Radio, Stack, TagsInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CopyOptions } from '../../src-main/common/transfer.ts';
import { PlatformBoxes } from './platform-boxes.tsx';

/** Offered while typing; any other can be written. */
const USUAL = ['linux/amd64', 'linux/arm64', 'linux/arm/v7', 'linux/386', 'linux/ppc64le', 'linux/s390x'];

/** All platforms, and nothing beside the image. */
export const USUAL_OPTIONS: CopyOptions = {
  attached: false,
  platforms: [],
  index: 'rewritten',
  foreign: false,
};

export interface CopyOptionsProps {
  options: CopyOptions;
  onChange: (part: Partial<CopyOptions>) => void;
  platformError?: string | undefined;
  /** Of the images that go: they are chosen from. Undefined where they are not known; none where there is nothing to choose. */
  platforms?: readonly string[] | undefined;
  /** How many signatures, SBOMs and attestations were found. */
  found?: number | undefined;
}

/** What goes along with an image, and which of its platforms go, with what that does to its digest. */
export function CopyOptionsFields({ options, onChange, platformError, platforms, found }: CopyOptionsProps) {
  const { t } = useTranslation();
  const [more, { toggle }] = useDisclosure(options.foreign);
  const Chevron = more ? IconChevronDown : IconChevronRight;
  return (
    <>
      <Checkbox
        label={found ? t('transfers.includeFound', { count: found }) : t('transferPages.attached')}
        description={t('transferPages.attachedHelp')}
        checked={options.attached}
        onChange={(event) => onChange({ attached: event.currentTarget.checked })}
      />
      {platforms === undefined && (
        <TagsInput
          label={t('transferPages.platforms')}
          description={t('transferPages.platformsHelp')}
          placeholder={options.platforms.length === 0 ? t('transferPages.allPlatforms') : ''}
          data={USUAL}
          value={options.platforms}
          error={platformError}
          onChange={(chosen) => onChange({ platforms: chosen })}
          splitChars={[',', ' ', '\n']}
          acceptValueOnBlur
          maxTags={50}
          clearable
          clearButtonProps={{ 'aria-label': t('transferPages.allPlatforms') }}
        />
      )}
      {platforms !== undefined && platforms.length > 1 && (
        <PlatformBoxes
          platforms={platforms}
          chosen={options.platforms}
          onChange={(chosen) => onChange({ platforms: chosen })}
        />
      )}
      {options.platforms.length > 0 && (
        <Radio.Group
          label={t('transferPages.index')}
          value={options.index}
          onChange={(index) => onChange({ index: index === 'sparse' ? 'sparse' : 'rewritten' })}
        >
          <Stack gap={6} mt={6}>
            {(['rewritten', 'sparse'] as const).map((value) => (
              <Radio
                key={value}
                size="xs"
                value={value}
                label={t(`transferPages.indexKinds.${value}`)}
                description={t(`transferPages.indexHelp.${value}`)}
              />
            ))}
          </Stack>
        </Radio.Group>
      )}
      <div>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          aria-expanded={more}
          leftSection={<Chevron size={14} aria-hidden />}
          onClick={toggle}
        >
          {t('transfers.more')}
        </Button>
        <Collapse expanded={more}>
          <Checkbox
            mt="xs"
            label={t('transferPages.foreign')}
            description={t('transferPages.foreignHelp')}
            checked={options.foreign}
            onChange={(event) => onChange({ foreign: event.currentTarget.checked })}
          />
        </Collapse>
      </div>
    </>
  );
}
