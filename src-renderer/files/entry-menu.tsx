import { Menu } from '@mantine/core';
import {
  IconArrowRight,
  IconDownload,
  IconFingerprint,
  IconFolderDown,
  IconFolderSearch,
  IconLink,
} from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { FileEntry } from '../../src-main/common/files.ts';
import { api } from '../api.ts';
import { desktopFiles } from '../desktop-files.ts';
import { copyText } from '../ui/copy-text.ts';
import { RowMenu } from '../ui/row-menu.tsx';
import { toastDone, toastFailure } from '../ui/toast.tsx';
import type { ContextPoint } from '../ui/virtual-table.tsx';
import type { ShownFiles } from './queries.ts';
import { useSaveEntry } from './use-save-entry.ts';

export interface OpenEntry {
  entry: FileEntry;
  at: HTMLElement | ContextPoint;
}

export interface EntryMenuProps {
  menu: OpenEntry;
  image: ShownFiles;
  at: number;
  onOpen: (entry: FileEntry) => void;
  /** Shows it in the tree. */
  onShow?: (path: string) => void;
  onClose: () => void;
}

/** What can be done with an entry. */
export function EntryMenu({ menu, image, at, onOpen, onShow, onClose }: EntryMenuProps) {
  const { t } = useTranslation();
  const { entry } = menu;
  const { path, type, change } = entry;
  const save = useSaveEntry(image, at);
  const copyDigest = useMutation({
    mutationFn: async () => {
      const { sha256 } = await api.files.open({ image, at, path });
      await navigator.clipboard.writeText(sha256);
    },
    onSuccess: () => toastDone(t('files.digestCopied')),
    onError: toastFailure,
  });
  const isGone = change === 'removed';
  const isFile = type === 'file' || type === 'hardlink';
  return (
    <RowMenu at={menu.at} label={t('common.rowActions', { name: path })} onClose={onClose}>
      {type !== 'directory' && (
        <Menu.Item leftSection={<IconArrowRight size={14} />} disabled={isGone} onClick={() => onOpen(entry)}>
          {t('files.open')}
        </Menu.Item>
      )}
      {onShow && (
        <Menu.Item leftSection={<IconFolderSearch size={14} />} onClick={() => onShow(path)}>
          {t('files.showInTree')}
        </Menu.Item>
      )}
      {(isFile || type === 'directory') && (
        <Menu.Item
          leftSection={<IconDownload size={14} />}
          disabled={isGone}
          onClick={() => save.mutate({ entry, folder: false })}
        >
          {t(type === 'directory' ? 'files.saveTar' : 'files.save')}
        </Menu.Item>
      )}
      {type === 'directory' && desktopFiles() && (
        <Menu.Item
          leftSection={<IconFolderDown size={14} />}
          disabled={isGone}
          onClick={() => save.mutate({ entry, folder: true })}
        >
          {t('files.saveFolder')}
        </Menu.Item>
      )}
      <Menu.Divider />
      <Menu.Item leftSection={<IconLink size={14} />} onClick={() => void copyText(`/${path}`)}>
        {t('files.copyPath')}
      </Menu.Item>
      {isFile && (
        <Menu.Item
          leftSection={<IconFingerprint size={14} />}
          disabled={isGone}
          onClick={() => copyDigest.mutate()}
        >
          {t('files.copyDigest')}
        </Menu.Item>
      )}
    </RowMenu>
  );
}
