import { Menu } from '@mantine/core';
import {
  IconAppWindow,
  IconArrowRight,
  IconArrowsDiff,
  IconCopy,
  IconDownload,
  IconFileExport,
  IconFingerprint,
  IconPencil,
  IconTag,
  IconTerminal2,
  IconTrash,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { desktopShell } from '../desktop-shell.ts';
import { copyText } from '../ui/copy-text.ts';
import { shortDigest } from '../ui/format.ts';
import { pullCommand } from '../ui/pull-command.ts';
import { RowMenu } from '../ui/row-menu.tsx';
import type { ContextPoint } from '../ui/virtual-table.tsx';
import type { Change } from './tag-changes.tsx';
import type { TagRow } from './tag-rows.ts';

/** Of which row a menu is open, and where: one menu for the whole table, so that rows stay cheap to draw. */
export interface OpenMenu {
  row: TagRow;
  /** Those that it is about: the row's, or the one that was pointed at. */
  tags: readonly string[];
  at: HTMLElement | ContextPoint;
}

export interface TagMenuProps {
  menu: OpenMenu | undefined;
  onClose: () => void;
  /** `host/repository`, for commands. */
  place: string;
  /** Why nothing here may be changed. */
  locked: string | undefined;
  /** Of a tag or a digest: its page. */
  hrefOf: (reference: string) => string;
  onOpen: (name: string) => void;
  onChange: (change: Change) => void;
  /** With something that is chosen next. */
  onCompare: (reference: string) => void;
}

export function TagMenu({ menu, onClose, place, locked, hrefOf, onOpen, onChange, onCompare }: TagMenuProps) {
  const { t } = useTranslation();
  const shell = desktopShell();
  if (!menu) return null;
  const { row, tags, at } = menu;
  const { details } = row;
  // A manifest without a tag is named by its digest.
  const first = tags[0] ?? details?.digest;
  if (first === undefined) return null;
  const isTag = tags.length > 0;
  const copy = (text: string) => void copyText(text);
  const change = (kind: Change['kind'], references = isTag ? tags : [first]) =>
    onChange({ kind, references });
  return (
    <RowMenu at={at} label={t('common.rowActions', { name: first })} onClose={onClose}>
      <Menu.Item leftSection={<IconArrowRight size={14} />} onClick={() => onOpen(first)}>
        {t('tags.open', { name: isTag ? first : shortDigest(first) })}
      </Menu.Item>
      {shell && (
        <Menu.Item leftSection={<IconAppWindow size={14} />} onClick={() => shell.openWindow(hrefOf(first))}>
          {t('commands.newWindow')}
        </Menu.Item>
      )}
      <Menu.Item
        leftSection={<IconTerminal2 size={14} />}
        onClick={() => copy(pullCommand(details?.kind, `${place}${isTag ? ':' : '@'}${first}`))}
      >
        {t('tags.copyPull')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconFingerprint size={14} />}
        disabled={!details}
        onClick={() => details && copy(details.digest)}
      >
        {t('tags.copyDigest')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconCopy size={14} />}
        disabled={!details}
        onClick={() => details && copy(`${place}@${details.digest}`)}
      >
        {t('tags.copyReference')}
      </Menu.Item>
      <Menu.Item leftSection={<IconArrowsDiff size={14} />} onClick={() => onCompare(first)}>
        {t('tags.compareWith')}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item
        leftSection={<IconTag size={14} />}
        disabled={locked !== undefined}
        title={locked}
        onClick={() => change('retag', [first])}
      >
        {t(isTag ? 'tags.retag' : 'tags.giveTag')}
      </Menu.Item>
      {isTag && (
        <Menu.Item
          leftSection={<IconPencil size={14} />}
          disabled={locked !== undefined}
          title={locked}
          onClick={() => change('rename', [first])}
        >
          {t('tags.rename')}
        </Menu.Item>
      )}
      <Menu.Item leftSection={<IconFileExport size={14} />} onClick={() => change('copy')}>
        {t('tags.copyTo')}
      </Menu.Item>
      <Menu.Item leftSection={<IconDownload size={14} />} onClick={() => change('save')}>
        {t('saveImage.action')}
      </Menu.Item>
      <Menu.Item
        color="red"
        leftSection={<IconTrash size={14} />}
        disabled={locked !== undefined}
        title={locked}
        onClick={() => change('delete')}
      >
        {isTag ? t('tags.deleteThese', { count: tags.length }) : t('selection.delete')}
      </Menu.Item>
    </RowMenu>
  );
}
