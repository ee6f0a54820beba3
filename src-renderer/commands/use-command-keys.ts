import { useEffect, useEffectEvent } from 'react';
import type { Command } from './command.ts';
import { commandList } from './use-commands.ts';
import { useIsMac } from './use-is-mac.ts';

const OVERLAY = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';
const MODAL = '[aria-modal="true"]';
const TYPED_IN =
  'input:not([type="checkbox"], [type="radio"], [type="button"], [type="range"]), textarea, select, [contenteditable="true"]';

/** Keys that edit: what is typed into has them for itself. */
const EDITS = /^[acvxyz]$/i;

/** Runs commands by their keys, for the whole window. @param onReason called for a command that cannot be done now */
export function useCommandKeys(onReason: (command: Command, reason: string) => void): void {
  const isMac = useIsMac();
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.repeat || !isFree(event)) return;
    const command = commandList.forKeys(event, isMac);
    if (!command) return;
    event.preventDefault();
    if (command.reason === undefined) command.run();
    else onReason(command, command.reason);
  });
  useEffect(() => {
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** Dialogs, menus and lists have their keys for themselves, and so has what is typed into. */
function isFree(event: KeyboardEvent): boolean {
  const { target } = event;
  if (!(target instanceof Element)) return true;
  if (target.closest(OVERLAY)) return false;
  if (target === document.body && document.querySelector(MODAL)) return false;
  const isMeant = (event.ctrlKey || event.metaKey) && !EDITS.test(event.key);
  return isMeant || !target.matches(TYPED_IN);
}
