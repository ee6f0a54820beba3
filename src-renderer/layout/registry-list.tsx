import { Text, VisuallyHidden } from '@mantine/core';
import { type DragEvent, type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import { useAccounts, useReorder } from '../accounts/queries.ts';
import { RemoveAccount } from '../accounts/remove-account.tsx';
import classes from './navigation.module.css';
import { RegistryItem } from './registry-item.tsx';
import { moved } from './reordering.ts';

/** The registries in the user's order: drag one, or press Alt with an arrow key on it. */
export function RegistryList({ collapsed }: { collapsed: boolean }) {
  const { t } = useTranslation();
  const accounts = useAccounts();
  const reorder = useReorder();
  const [dragged, setDragged] = useState<string | undefined>();
  const [over, setOver] = useState<string | undefined>();
  const [removing, setRemoving] = useState<Account | undefined>();
  const [announcement, setAnnouncement] = useState('');
  const list = accounts.data ?? [];

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
    if (dragged !== undefined) moveTo(dragged, index);
    setDragged(undefined);
    setOver(undefined);
  };

  if (accounts.data?.length === 0 && !collapsed) {
    return (
      <Text fz="xs" c="dimmed" px="sm" py={4}>
        {t('layout.noRegistries')}
      </Text>
    );
  }
  return (
    <>
      <ul className={classes.list}>
        {list.map((account, index) => (
          <li
            key={account.id}
            draggable
            data-dragged={dragged === account.id || undefined}
            data-over={(over === account.id && dragged !== account.id) || undefined}
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = 'move';
              setDragged(account.id);
            }}
            onDragEnd={() => {
              setDragged(undefined);
              setOver(undefined);
            }}
            onDragOver={(event) => {
              if (dragged === undefined) return;
              event.preventDefault();
              setOver(account.id);
            }}
            onDrop={(event) => dropOn(event, index)}
            onKeyDown={(event) => onKeyDown(event, index, account.id)}
          >
            <RegistryItem
              account={account}
              collapsed={collapsed}
              onMoveUp={index > 0 ? () => moveTo(account.id, index - 1) : undefined}
              onMoveDown={index < list.length - 1 ? () => moveTo(account.id, index + 1) : undefined}
              onRemove={() => setRemoving(account)}
            />
          </li>
        ))}
      </ul>
      <VisuallyHidden role="status">{announcement}</VisuallyHidden>
      <RemoveAccount account={removing} onClose={() => setRemoving(undefined)} />
    </>
  );
}
