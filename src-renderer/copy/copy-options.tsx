import { Checkbox, Radio, Stack, TagsInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CopyOptions } from '../../src-main/common/transfer.ts';

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
}

/** What goes along with an image, and which of its platforms go, with what that does to its digest. */
export function CopyOptionsFields({ options, onChange, platformError }: CopyOptionsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Checkbox
        label={t('transferPages.attached')}
        description={t('transferPages.attachedHelp')}
        checked={options.attached}
        onChange={(event) => onChange({ attached: event.currentTarget.checked })}
      />
      <Checkbox
        label={t('transferPages.foreign')}
        description={t('transferPages.foreignHelp')}
        checked={options.foreign}
        onChange={(event) => onChange({ foreign: event.currentTarget.checked })}
      />
      <TagsInput
        label={t('transferPages.platforms')}
        description={t('transferPages.platformsHelp')}
        placeholder={options.platforms.length === 0 ? t('transferPages.allPlatforms') : ''}
        data={USUAL}
        value={options.platforms}
        error={platformError}
        onChange={(platforms) => onChange({ platforms })}
        splitChars={[',', ' ', '\n']}
        acceptValueOnBlur
        maxTags={50}
        clearable
        clearButtonProps={{ 'aria-label': t('transferPages.allPlatforms') }}
      />
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
    </>
  );
}
