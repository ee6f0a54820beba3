import { Menu } from '@mantine/core';
import { Fragment } from 'react';
import type { Command } from './command.ts';
import classes from './commands.module.css';
import { keysText } from './keys.ts';
import { useIsMac } from './use-is-mac.ts';

export interface CommandItemsProps {
  /** Lines are drawn between them; empty ones are left out. */
  sections: readonly (readonly Command[])[];
}

/** The items of a menu. One that cannot be chosen now is reached all the same, and says why. */
export function CommandItems({ sections }: CommandItemsProps) {
  return sections
    .filter((commands) => commands.length > 0)
    .map((commands, index) => (
      <Fragment key={commands[0]?.id}>
        {index > 0 && <Menu.Divider />}
        {commands.map((command) => (
          <CommandItem key={command.id} command={command} />
        ))}
      </Fragment>
    ));
}

function CommandItem({ command }: { command: Command }) {
  const { label, short = label, keys = [], reason, danger, icon: Icon, run } = command;
  const isMac = useIsMac();
  const [first] = keys;
  return (
    <Menu.Item
      {...(danger && { color: 'red' })}
      leftSection={Icon && <Icon size={14} />}
      rightSection={first && <kbd className={classes.keys}>{keysText(first, isMac)}</kbd>}
      {...(reason !== undefined && {
        'aria-disabled': true,
        'aria-description': reason,
        'data-hint': reason,
        'data-hint-side': 'right',
        className: classes.refused ?? '',
      })}
      closeMenuOnClick={reason === undefined}
      onClick={() => {
        if (reason === undefined) run();
      }}
    >
      {short}
    </Menu.Item>
  );
}
