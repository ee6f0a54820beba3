import { Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './row-menu.module.css';

export interface RowMenuProps {
  /** The button of the row that it hangs from. */
  button: HTMLElement;
  label: string;
  onClose: () => void;
  /** Its items. */
  children: ReactNode;
}

/** The menu of a row: one for a whole table, so that rows stay cheap to draw. The button has the focus again when it closes. */
export function RowMenu({ button, label, onClose, children }: RowMenuProps) {
  const { left, top, width, height } = button.getBoundingClientRect();
  const close = () => {
    onClose();
    button.focus();
  };
  return (
    <Menu
      opened
      onClose={close}
      position="bottom-end"
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
          style={{ left, top, width, height }}
        />
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}
