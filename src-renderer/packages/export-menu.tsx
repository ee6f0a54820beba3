import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconFileExport } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SbomFormat } from '../../src-main/engine/vocabulary/packages.ts';
import { api } from '../api.ts';
import { saveFile } from '../saving/save-file.ts';
import { toastDone, toastFailure } from '../ui/toast.tsx';
import type { ShownPackages } from './queries.ts';

const FORMATS = [
  ['cyclonedx', 'CycloneDX (JSON)', 'cdx'],
  ['spdx', 'SPDX (JSON)', 'spdx'],
] as const satisfies readonly (readonly [SbomFormat, string, string])[];

/** Writes the packages as an SBOM. */
export function ExportMenu({ shown, name }: { shown: ShownPackages; name: string }) {
  const { t } = useTranslation();
  const exporting = useMutation({
    mutationFn: ([format, , ending]: (typeof FORMATS)[number]) =>
      saveFile(`${name}.${ending}.json`, (to) => api.packages.export({ ...shown, format, to })),
    onSuccess: (path) => {
      if (path !== undefined) toastDone(t('saving.saved', { path }));
    },
    onError: toastFailure,
  });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconFileExport size={14} />}
          rightSection={<IconChevronDown size={14} />}
          loading={exporting.isPending}
        >
          {t('packages.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {FORMATS.map((each) => (
          <Menu.Item key={each[0]} onClick={() => exporting.mutate(each)}>
            {each[1]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
