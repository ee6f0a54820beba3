import { Menu } from '@mantine/core';
import {
  IconArrowRight,
  IconCopy,
  IconDownload,
  IconFileExport,
  IconFingerprint,
  IconTag,
  IconTerminal2,
  IconTrash,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { copyText } from '../ui/copy-text.ts';
import { pullCommand } from '../ui/pull-command.ts';
import { RowMenu } from '../ui/row-menu.tsx';
import type { TagRow } from './tag-rows.ts';

/** A row's menu and the button it hangs from: one menu for the whole table, so that rows stay cheap to draw. */
export interface OpenMenu {
  row: TagRow;
  button: HTMLElement;
}

export interface TagMenuProps {
  menu: OpenMenu | undefined;
  onClose: () => void;
  /** `host/repository`, for commands. */
  place: string;
  /** Why nothing here may be changed. */
  locked: string | undefined;
  onOpen: (row: TagRow) => void;
  onRetag: (row: TagRow) => void;
  onCopyTo: (row: TagRow) => void;
  onSave: (row: TagRow) => void;
  onDelete: (row: TagRow) => void;
}

export function TagMenu({ menu, onClose, place, locked, ...actions }: TagMenuProps) {
  const { t } = useTranslation();
  if (!menu) return null;
  const { row, button } = menu;
  return (
    <RowMenu at={button} label={t('tags.actions', { name: row.name })} onClose={onClose}>
      <Menu.Item leftSection={<IconArrowRight size={14} />} onClick={() => actions.onOpen(row)}>
        {t('tags.open')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconTerminal2 size={14} />}
        onClick={() => void copyText(pullCommand(row.details?.kind, `${place}:${row.name}`))}
      >
        {t('tags.copyPull')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconFingerprint size={14} />}
        disabled={!row.details}
        onClick={() => row.details && void copyText(row.details.digest)}
      >
        {t('tags.copyDigest')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconCopy size={14} />}
        disabled={!row.details}
        onClick={() => row.details && void copyText(`${place}@${row.details.digest}`)}
      >
        {t('tags.copyReference')}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item
        leftSection={<IconTag size={14} />}
        disabled={locked !== undefined}
        title={locked}
        onClick={() => actions.onRetag(row)}
      >
        {t('tags.retag')}
      </Menu.Item>
      <Menu.Item leftSection={<IconFileExport size={14} />} onClick={() => actions.onCopyTo(row)}>
        {t('tags.copyTo')}
      </Menu.Item>
      <Menu.Item leftSection={<IconDownload size={14} />} onClick={() => actions.onSave(row)}>
        {t('saveImage.action')}
      </Menu.Item>
      <Menu.Item
        color="red"
        leftSection={<IconTrash size={14} />}
        disabled={locked !== undefined}
        title={locked}
        onClick={() => actions.onDelete(row)}
      >
        {t('tags.delete')}
      </Menu.Item>
    </RowMenu>
  );
}
