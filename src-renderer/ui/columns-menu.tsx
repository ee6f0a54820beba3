import { Menu, Text } from '@mantine/core';
import { IconColumns3, IconRestore } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { inOrder, isShown } from './table-layout.ts';
import type { LayoutChanges } from './use-table-layout.ts';
import type { VirtualColumn } from './virtual-column.ts';
import classes from './virtual-table.module.css';

/** Pixels that a key makes a column wider or narrower. */
const STEP = 16;

interface ColumnsMenuProps<Row> {
  /** All there are. */
  columns: readonly VirtualColumn<Row>[];
  changes: LayoutChanges;
  /** Pixels of a column that is drawn. */
  widthOf: (id: string) => number | undefined;
  opened: boolean;
  onOpened: (opened: boolean) => void;
}

/** Which columns a table has, their order and, by keys, their widths: what the mouse does on the heads themselves. */
export function ColumnsMenu<Row>({ columns, changes, widthOf, opened, onOpened }: ColumnsMenuProps<Row>) {
  const { t } = useTranslation();
  const movable = inOrder(columns, changes.layout).filter(({ fixed }) => !fixed);

  const onKey = (event: KeyboardEvent, index: number, column: VirtualColumn<Row>) => {
    const side = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const line = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const neighbour = movable[index + line];
    if (side !== 0) changes.resize(column.id, (widthOf(column.id) ?? column.width) + side * STEP);
    else if (event.altKey && line !== 0 && neighbour) changes.move(column.id, neighbour.id);
    else return;
    // Its element has moved, and what is moved loses the focus.
    const item = event.currentTarget as HTMLElement;
    requestAnimationFrame(() => item.focus());
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <Menu
      opened={opened}
      onChange={onOpened}
      position="bottom-end"
      withinPortal={false}
      floatingStrategy="fixed"
      closeOnItemClick={false}
      alignItemsLabels="all"
    >
      <Menu.Target>
        <button
          type="button"
          className={classes.columns}
          aria-label={t('ui.columns.title')}
          data-hint={t('ui.columns.title')}
        >
          <IconColumns3 size={14} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {movable.map((column, index) => (
          <Menu.CheckboxItem
            key={column.id}
            checked={isShown(column, changes.layout)}
            onChange={(shown: boolean) => changes.show(column.id, shown)}
            onKeyDownCapture={(event: KeyboardEvent) => onKey(event, index, column)}
          >
            {column.header}
          </Menu.CheckboxItem>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconRestore size={14} />} onClick={changes.reset}>
          {t('ui.columns.reset')}
        </Menu.Item>
        <Text fz="xs" c="dimmed" px="sm" py={4} maw={230}>
          {t('ui.columns.keys')}
        </Text>
      </Menu.Dropdown>
    </Menu>
  );
}
