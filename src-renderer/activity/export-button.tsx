import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditFilter } from '../../src-main/common/audit.ts';
import { api } from '../api.ts';
import { downloadText } from '../saving/download-text.ts';
import { toastFailure } from '../ui/toast.tsx';

const FORMATS = [
  ['jsonl', 'JSON Lines', 'application/jsonl'],
  ['csv', 'CSV', 'text/csv'],
] as const;

/** Saves all entries of the changes that pass the filter, with their hashes. */
export function ExportButton({ filter, disabled }: { filter: AuditFilter; disabled: boolean }) {
  const { t } = useTranslation();
  const abort = useRef<AbortController>(undefined);
  useEffect(() => () => abort.current?.abort(), []);
  const save = useMutation({
    mutationFn: async ([format, , type]: (typeof FORMATS)[number]) => {
      abort.current = new AbortController();
      const { signal } = abort.current;
      const pieces: string[] = [];
      for await (const piece of await api.audit.export({ ...filter, format }, { signal })) pieces.push(piece);
      downloadText(`wharfinger-history.${format}`, type, ...pieces);
    },
    onError: toastFailure,
  });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          data-hint={t('activity.exportHelp')}
          variant="default"
          leftSection={<IconDownload size={14} />}
          rightSection={<IconChevronDown size={14} />}
          disabled={disabled}
          loading={save.isPending}
        >
          {t('activity.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {FORMATS.map((format) => (
          <Menu.Item key={format[0]} onClick={() => save.mutate(format)}>
            {format[1]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
