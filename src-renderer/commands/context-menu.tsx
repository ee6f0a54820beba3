import { Menu } from '@mantine/core';
import { type MouseEvent, useState } from 'react';
import type { Command } from './command.ts';
import { CommandItems } from './command-items.tsx';
import classes from './commands.module.css';

/** A place in the window, in pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a context menu was asked for: at the pointer, or below what has the focus where a key did it. */
export function pointOf({ clientX, clientY, currentTarget }: MouseEvent): Point {
  if (clientX !== 0 || clientY !== 0) return { x: clientX, y: clientY };
  return below(currentTarget);
}

/** Below a button that opens the same menu. */
export function below(element: Element): Point {
  const { left, bottom } = element.getBoundingClientRect();
  return { x: left, y: bottom };
}

export interface ContextMenuProps {
  at: Point;
  /** What it is of, for screen readers. */
  label: string;
  sections: readonly (readonly Command[])[];
  onClose: () => void;
}

/** A menu where the pointer is. What had the focus has it again before a command runs, so that a dialog gives it back there. */
export function ContextMenu({ at, label, sections, onClose }: ContextMenuProps) {
  const [opener] = useState(() => document.activeElement);
  const close = () => {
    onClose();
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
  };
  return (
    <Menu
      opened
      onClose={close}
      position="bottom-start"
      offset={2}
      returnFocus={false}
      trapFocus
      width={240}
      // In the landmark of what it is of, and cut off by nothing.
      withinPortal={false}
      floatingStrategy="fixed"
    >
      <Menu.Target>
        <span className={classes.point} style={{ left: at.x, top: at.y }} aria-hidden />
      </Menu.Target>
      <Menu.Dropdown aria-label={label}>
        <CommandItems sections={sections} />
      </Menu.Dropdown>
    </Menu>
  );
}
