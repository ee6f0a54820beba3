import { IconArrowRight, IconCopy, IconSquare, IconSquareCheck } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Command } from '../commands/command.ts';
import { ContextMenu, type Point } from '../commands/context-menu.tsx';
import { copyText } from './copy-text.ts';

/** What can be done with a row, in sections. */
export type RowCommands<Row> = (row: Row) => readonly (readonly Command[])[];

/** What Enter and a click on the row do. */
export function openingRow(t: TFunction, run: () => void, label: string = t('commands.row.open')): Command {
  return { id: 'row.open', group: 'page', label, icon: IconArrowRight, run };
}

/** What its checkbox does. @param takes it is not taken yet */
export function takingRow(t: TFunction, takes: boolean, run: () => void): Command {
  return {
    id: 'row.take',
    group: 'page',
    label: t(takes ? 'commands.row.include' : 'commands.row.leaveOut'),
    icon: takes ? IconSquareCheck : IconSquare,
    run,
  };
}

/** @param what names it among what else can be copied of the row */
export function copyingOfRow(what: string, label: string, text: string): Command {
  return { id: `row.copy.${what}`, group: 'page', label, icon: IconCopy, run: () => void copyText(text) };
}

/** The context menu of a table's rows, one for all of them; no menu where nothing can be done with a row. */
export function useRowMenu<Row>(
  commandsOf: RowCommands<Row> | undefined,
  nameOf: (row: Row) => string,
): { open: ((row: Row, at: Point) => boolean) | undefined; menu: ReactNode } {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<{ row: Row; at: Point }>();
  if (!commandsOf) return { open: undefined, menu: null };
  return {
    open: (row, at) => {
      const isAny = commandsOf(row).some((commands) => commands.length > 0);
      if (isAny) setAsked({ row, at });
      return isAny;
    },
    menu: asked && (
      <ContextMenu
        at={asked.at}
        label={t('common.rowActions', { name: nameOf(asked.row) })}
        sections={commandsOf(asked.row)}
        onClose={() => setAsked(undefined)}
      />
    ),
  };
}
