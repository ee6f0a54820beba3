import type { ComponentType } from 'react';
import type { COMMAND_GROUPS } from '../../src-main/common/desktop-shell.ts';

type CommandGroup = (typeof COMMAND_GROUPS)[number];

/** Something that can be done from the palette, by keys, from a context menu or from the menu bar. All but `icon` and `run` is plain data. */
export interface Command {
  /** Stable: its use is remembered by it, and who lists commands runs them by it. */
  readonly id: string;
  readonly group: CommandGroup;
  /** In the language that is shown. */
  readonly label: string;
  /** In a menu of what it is about, where the name of that needs no saying. */
  readonly short?: string;
  /** What else one would type to find it, in both languages. */
  readonly words?: string;
  /**
   * Each of them runs it; the first is shown. As in `mod+K`, `alt+ArrowLeft`, `Delete`, `?`: `mod` is Command on a Mac and Ctrl elsewhere.
   * Those without `mod` never do while something is typed.
   */
  readonly keys?: readonly string[];
  /** The key it will have once it can be done; until then that key may run something else. Only the overview of keys has it. */
  readonly keyThen?: string;
  /** Why it cannot be done now. It is listed all the same, and says so. */
  readonly reason?: string | undefined;
  /** It takes something away. */
  readonly danger?: boolean;
  readonly icon?: ComponentType<{ size?: number | string }>;
  readonly run: () => void;
}
