import { Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconScan } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { StorageScope } from '../../src-main/common/storage.ts';
import { orpc } from '../api.ts';
import listClasses from '../lists/list-page.module.css';
import { Dialog } from '../ui/dialog.tsx';
import { formatCount } from '../ui/format.ts';
import { toastFailure } from '../ui/toast.tsx';
import type { ShownScans } from './scans.ts';

interface ScanProps {
  scope: StorageScope;
  scans: ShownScans;
}

export function useScan() {
  return useMutation(orpc.inventory.scan.mutationOptions({ onError: toastFailure }));
}

/** Looks for what is not known of this part. Nothing while the registry is being scanned. */
export function ScanButton({ scope, scans }: ScanProps) {
  const { t } = useTranslation();
  const scan = useScan();
  if (scans.running) return null;
  return (
    <Button
      leftSection={<IconScan size={14} />}
      loading={scan.isPending}
      onClick={() => scan.mutate({ ...scope, readManifests: false })}
    >
      {t(scans.last?.status === 'done' ? 'storage.scan.again' : 'storage.scan.start')}
    </Button>
  );
}

/** Where reading a manifest counts as a pull: what is missing without, and the second step that says what it costs. */
export function ManifestStep({ scope, scans }: ScanProps) {
  const { t, i18n } = useTranslation();
  const scan = useScan();
  const [opened, dialog] = useDisclosure(false);
  const pulls = scans.last?.costsPulls ?? 0;
  if (scans.running || pulls === 0) return null;
  return (
    <div className={listClasses.note} data-testid="manifest-step">
      {t('storage.scan.manifestsNeeded')}
      <Button variant="default" size="compact-xs" onClick={dialog.open}>
        {t('storage.scan.manifests')}
      </Button>
      <Dialog title={t('storage.scan.manifestsTitle')} opened={opened} onClose={dialog.close}>
        <Text fz="sm">{t('storage.scan.manifestsHelp')}</Text>
        <Text fz="sm" fw={600} mt="sm">
          {t('storage.scan.manifestsCost', { count: pulls, formatted: formatCount(pulls, i18n.language) })}
        </Text>
        <Group justify="flex-end" gap="xs" mt="md">
          <Button variant="default" data-autofocus onClick={dialog.close}>
            {t('common.cancel')}
          </Button>
          <Button
            loading={scan.isPending}
            onClick={() => {
              scan.mutate({ ...scope, readManifests: true });
              dialog.close();
            }}
          >
            {t('storage.scan.manifestsStart')}
          </Button>
        </Group>
      </Dialog>
    </div>
  );
}
