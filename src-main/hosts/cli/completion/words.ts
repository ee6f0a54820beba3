import type { Command, Option } from 'commander';

/** One command with what may follow it. */
export interface CommandWords {
  /** `/operations/resume`; empty for the program itself. */
  readonly path: string;
  readonly commands: readonly Word[];
  readonly options: readonly OptionWord[];
}

export interface Word {
  readonly text: string;
  readonly description: string;
}

export interface OptionWord extends Word {
  /** What stands after it. */
  readonly takes: 'nothing' | 'file' | 'value';
}

/** All commands of the program, each before those below it. */
export function wordsOf(program: Command): CommandWords[] {
  return below(program, '');
}

function below(command: Command, path: string): CommandWords[] {
  const help = command.createHelp();
  const commands = help.visibleCommands(command).filter((each) => each.name() !== 'help');
  const words = {
    path,
    commands: commands.map((each) => ({ text: each.name(), description: each.description() })),
    options: help.visibleOptions(command).flatMap(optionWord),
  };
  return [words, ...commands.flatMap((each) => below(each, `${path}/${each.name()}`))];
}

function optionWord({ long, flags, description, required, optional }: Option): OptionWord[] {
  if (!long) return [];
  const takes = required || optional ? (flags.endsWith('<file>') ? 'file' : 'value') : 'nothing';
  return [{ text: long, description, takes }];
}

/** Options of any command that are followed by what `takes` says. */
export function optionsTaking(all: readonly CommandWords[], takes: OptionWord['takes']): string[] {
  const found = all.flatMap(({ options }) => options.filter((option) => option.takes === takes));
  return [...new Set(found.map(({ text }) => text))];
}

/** In single quotes for a shell of the Bourne family. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
