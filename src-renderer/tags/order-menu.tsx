import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconArrowsSort, IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Sort } from '../ui/sort.ts';

export interface OrderMenuProps {
  /** Undefined: the registry's own order. */
  sort: Sort | undefined;
  onSort: (sort: Sort | undefined) => void;
  /** No room for its word: the icon alone. */
  narrow: boolean;
}

/** The order of the tags: by name in natural order, or as the registry lists them. Columns sort by a click on their head. */
export function OrderMenu({ sort, onSort, narrow }: OrderMenuProps) {
  const { t } = useTranslation();
  const orders = [
    {
      label: t('tags.naturalOrder'),
      on: sort?.column === 'name',
      sort: { column: 'name', descending: false },
    },
    { label: t('tags.registryOrder'), on: sort === undefined, sort: undefined },
  ];
  return (
    <Menu position="bottom-start" withinPortal={false} floatingStrategy="fixed">
      <Menu.Target>
        {narrow ? (
          <ActionIcon variant="default" size={30} aria-label={t('tags.order')} data-hint={t('tags.order')}>
            <IconArrowsSort size={14} />
          </ActionIcon>
        ) : (
          <Button variant="default" leftSection={<IconArrowsSort size={14} />}>
            {t('tags.order')}
          </Button>
        )}
      </Menu.Target>
      <Menu.Dropdown>
        {orders.map((order) => (
          <Menu.Item
            key={order.label}
            role="menuitemradio"
            aria-checked={order.on}
            leftSection={
              order.on ? <IconCheck size={14} /> : <span style={{ display: 'block', width: 14 }} />
            }
            onClick={() => onSort(order.sort)}
          >
            {order.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
