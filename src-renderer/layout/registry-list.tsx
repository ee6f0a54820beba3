import { ActionIcon, Text, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type DragEvent, type KeyboardEvent, memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import { isLocked } from '../accounts/lock.ts';
import { useAccounts, useReorder } from '../accounts/queries.ts';
import type { Command } from '../commands/command.ts';
import { hasTags, takeTags } from '../copy/dragged-tags.ts';
import { DroppedTags, type DroppedTagsProps } from '../copy/dropped-tags.tsx';
import classes from './navigation.module.css';
import type { OpenMenu } from './open-menu.ts';
import { RegistryItem } from './registry-item.tsx';
import { moved } from './reordering.ts';
import { useStop } from './stops.tsx';
import { useMonograms } from './use-monograms.ts';
import { useRegistryCommands } from './use-registry-commands.ts';

interface RegistryListProps {
  collapsed: boolean;
  onMenu: (menu: OpenMenu) => void;
  onRemove: (account: Account) => void;
}

/** The registries in the user's order: drag one, or press Alt with an arrow key on it. Tags that are dropped onto one are copied there. */
export const RegistryList = memo(({ collapsed, onMenu, onRemove }: RegistryListProps) => {
  const { t } = useTranslation();
  const accounts = useAccounts();
  const reorder = useReorder();
  const commandsOf = useRegistryCommands(onRemove);
  const [dragged, setDragged] = useState<string | undefined>();
  const [over, setOver] = useState<string | undefined>();
  const [dropped, setDropped] = useState<DroppedTagsProps['dropped']>();
  const [announcement, setAnnouncement] = useState('');
  const list = accounts.data ?? [];
  const marks = useMonograms();

  const moveTo = (id: string, to: number) => {
    const ids = list.map((each) => each.id);
    const next = moved(ids, id, to);
    if (next === ids) return;
    reorder.mutate({ ids: [...next] });
    const name = list.find((each) => each.id === id)?.name ?? '';
    setAnnouncement(t('layout.movedTo', { name, position: next.indexOf(id) + 1, total: ids.length }));
  };

  const onKeyDown = (event: KeyboardEvent, index: number, id: string) => {
    if (!event.altKey) return;
    if (event.key === 'ArrowUp') moveTo(id, index - 1);
    else if (event.key === 'ArrowDown') moveTo(id, index + 1);
    else return;
    event.preventDefault();
  };

  const dropOn = (event: DragEvent, index: number) => {
    event.preventDefault();
    const [onto, tags] = [list[index], takeTags(event.dataTransfer)];
    if (dragged !== undefined) moveTo(dragged, index);
    else if (onto && !isLocked(onto) && tags) setDropped({ tags, onto: onto.id });
    setDragged(undefined);
    setOver(undefined);
  };

  /** Alt and the arrows are keys of the entry itself. */
  const movingOf = (id: string, index: number): readonly Command[] => [
    {
      id: 'registry.up',
      group: 'registry',
      label: t('layout.moveUp'),
      keys: ['alt+ArrowUp'],
      icon: IconArrowUp,
      reason: index === 0 ? t('layout.isFirst') : undefined,
      run: () => moveTo(id, index - 1),
    },
    {
      id: 'registry.down',
      group: 'registry',
      label: t('layout.moveDown'),
      keys: ['alt+ArrowDown'],
      icon: IconArrowDown,
      reason: index === list.length - 1 ? t('layout.isLast') : undefined,
      run: () => moveTo(id, index + 1),
    },
  ];

  return (
    <section aria-label={t('layout.registries')}>
      {!collapsed && (
        <div className={classes.heading}>
          <h2>{t('layout.registries')}</h2>
          <AddButton />
        </div>
      )}
      {accounts.data?.length === 0 && !collapsed && (
        <Text fz="xs" c="dimmed" px="xs" py={4}>
          {t('layout.noRegistries')}
        </Text>
      )}
      <ul className={classes.list}>
        {list.map((account, index) => (
          <li
            key={account.id}
            draggable
            data-dragged={dragged === account.id || undefined}
            data-over={
              over === account.id && dragged !== account.id ? (dragged ? 'move' : 'copy') : undefined
            }
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = 'move';
              setDragged(account.id);
            }}
            onDragEnd={() => {
              setDragged(undefined);
              setOver(undefined);
            }}
            onDragOver={(event) => {
              if (dragged === undefined && (isLocked(account) || !hasTags(event.dataTransfer))) return;
              event.preventDefault();
              setOver(account.id);
            }}
            onDragLeave={() => setOver((before) => (before === account.id ? undefined : before))}
            onDrop={(event) => dropOn(event, index)}
            onKeyDown={(event) => onKeyDown(event, index, account.id)}
          >
            <RegistryItem
              account={account}
              monogram={marks.get(account.id)}
              collapsed={collapsed}
              onMenu={(at) => {
                const [places = [], changes = [], ends = []] = commandsOf(account);
                const sections = [places, changes, movingOf(account.id, index), ends];
                onMenu({ at, label: t('layout.menu', { name: account.name }), sections });
              }}
            />
          </li>
        ))}
      </ul>
      <VisuallyHidden role="status">{announcement}</VisuallyHidden>
      <DroppedTags dropped={dropped} onClose={() => setDropped(undefined)} />
    </section>
  );
});

function AddButton() {
  const { t } = useTranslation();
  const stop = useStop('add');
  return (
    <ActionIcon
      data-hint={t('layout.addRegistry')}
      variant="subtle"
      color="gray"
      size="sm"
      aria-label={t('layout.addRegistry')}
      renderRoot={(props) => <Link to="/accounts/new" {...props} {...stop} />}
    >
      <IconPlus size={16} />
    </ActionIcon>
  );
}
