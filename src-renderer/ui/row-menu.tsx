import { Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './row-menu.module.css';
import type { ContextPoint } from './virtual-table.tsx';

export interface RowMenuProps {
  /** The button of the row that it hangs from, or the point where it was asked for. */
  at: HTMLElement | ContextPoint;
  label: string;
  onClose: () => void;
  /** Its items. */
  children: ReactNode;
}

/** The menu of a row: one for a whole table, so that rows stay cheap to draw. What opened it has the focus again when it closes. */
export function RowMenu({ at, label, onClose, children }: RowMenuProps) {
  const isPoint = !(at instanceof HTMLElement);
  const place = isPoint ? { left: at.x, top: at.y, width: 0, height: 0 } : boxOf(at);
  const close = () => {
    onClose();
    (isPoint ? at.from : at).focus();
  };
  return (
    <Menu
      opened
      onClose={close}
      position={isPoint ? 'bottom-start' : 'bottom-end'}
      returnFocus={false}
      trapFocus
      width={230}
      withinPortal={false}
      floatingStrategy="fixed"
    >
      <Menu.Target>
        <button
          type="button"
          tabIndex={-1}
          aria-hidden
          aria-label={label}
          className={classes.anchor}
          style={place}
        />
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}

function boxOf(element: HTMLElement): { left: number; top: number; width: number; height: number } {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { left, top, width, height };
}
