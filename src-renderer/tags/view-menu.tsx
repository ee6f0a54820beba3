import { ActionIcon, Menu } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconTableExport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../commands/use-commands.ts';
import { formatSort, type Sort } from '../ui/sort.ts';
import { byName, newestFirst } from './use-tag-sort.ts';

export interface ViewMenuProps {
  /** Undefined: the registry's own order. */
  sort: Sort | undefined;
  /** When images were pushed is known. */
  isPushed: boolean;
  onSort: (sort: Sort | undefined) => void;
  autoRefresh: boolean;
  onAutoRefresh: (on: boolean) => void;
  onExport: () => void;
}

/** Orders that no head of a column has, reading again by itself, and the rows as a file. */
export function ViewMenu({ sort, isPushed, onSort, autoRefresh, onAutoRefresh, onExport }: ViewMenuProps) {
  const { t } = useTranslation();
  const orders = [
    { label: t('tags.newestFirst'), sort: newestFirst(isPushed) },
    { label: t('tags.naturalOrder'), sort: byName },
    { label: t('tags.registryOrder'), sort: undefined },
  ];
  useCommands([
    {
      id: 'page.exportCsv',
      group: 'page',
      label: t('tags.exportCsv'),
      words: 'export csv table tags download 导出 表格 标签 下载',
      icon: IconTableExport,
      run: onExport,
    },
  ]);
  return (
    <Menu position="bottom-end" withinPortal={false} floatingStrategy="fixed" alignItemsLabels="all">
      <Menu.Target>
        <ActionIcon variant="default" size={30} aria-label={t('tags.view')} data-hint={t('tags.view')}>
          <IconAdjustmentsHorizontal size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('tags.order')}</Menu.Label>
        <Menu.RadioGroup
          value={formatSort(sort) ?? 'registry'}
          onChange={(value: string) =>
            onSort(orders.find((order) => (formatSort(order.sort) ?? 'registry') === value)?.sort)
          }
        >
          {orders.map((order) => (
            <Menu.RadioItem key={order.label} value={formatSort(order.sort) ?? 'registry'}>
              {order.label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.CheckboxItem checked={autoRefresh} onChange={onAutoRefresh}>
          {t('tags.autoRefresh')}
        </Menu.CheckboxItem>
        <Menu.Divider />
        <Menu.Item leftSection={<IconTableExport size={14} />} onClick={onExport}>
          {t('tags.exportCsv')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
