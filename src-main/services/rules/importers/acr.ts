import type { CleanupRule, DeleteEntry, KeepEntry } from '../../../common/cleanup.ts';
import { ServiceError } from '../../errors.ts';
import type { Importer, Note } from './notes.ts';

/** Flags without a value. */
const SWITCHES: ReadonlySet<string> = new Set([
  '--untagged',
  '--untagged-only',
  '--dry-run',
  '--include-locked',
]);
/** Flags that say how it runs, and not what goes. */
const HOW: ReadonlySet<string> = new Set([
  '--dry-run',
  '--concurrency',
  '--registry',
  '-r',
  '--config',
  '--repository-page-size',
]);

interface Command {
  filters: string[];
  flags: Map<string, string>;
}

/**
 * Lines with `acr purge`, also inside of `az acr run --cmd`. What a filter matches and is old enough goes, apart from the newest that
 * are to be kept.
 *
 * @see Azure, "Automatically purge images"
 */
export const fromAcr: Importer = (text, _scope, note) => {
  const commands = commandsOf(text, note);
  if (commands.length === 0) throw new ServiceError('invalidInput', 'There is no line with acr purge.');
  return commands.flatMap(({ filters, flags }) => {
    const age = ageOf(flags.get('--ago'), note);
    if (age === null) return [];
    const newest = Number(flags.get('--keep') ?? 0);
    const rules: CleanupRule[] = [];
    for (const filter of filters) {
      const colon = filter.indexOf(':');
      const repositories = repositoriesOf(filter.slice(0, Math.max(0, colon)));
      const regex = filter.slice(colon + 1);
      if (colon < 0 || repositories === undefined || regex === '') {
        note('pattern', filter);
        continue;
      }
      const keep: KeepEntry[] = newest > 0 ? [{ name: 'newest', regex, newest, by: 'pushed' }] : [];
      const remove: DeleteEntry[] = [];
      if (!flags.has('--untagged-only')) remove.push({ name: 'purge', regex, ...age });
      if (flags.has('--untagged') || flags.has('--untagged-only'))
        remove.push({ name: 'untagged', untagged: true, ...age });
      rules.push({ name: filter, repositories, keep, delete: remove });
    }
    // Those are kept there of what is old enough, and here of all.
    if (newest > 0) note('count', `--keep ${newest}`);
    return rules;
  });
};

function commandsOf(text: string, note: Note): Command[] {
  // As shells, PowerShell and folded YAML go on in the next line.
  const joined = text.replace(/[\\`]\r?\n/g, ' ').replace(/\r?\n[ \t]+(?=-)(?!- )/g, ' ');
  return joined.split(/\r?\n/).flatMap((line) => {
    const starts = [...line.matchAll(PURGE)];
    return starts.map(({ index, 0: { length } }, number) => {
      const rest = line.slice(index + length, starts[number + 1]?.index);
      const [words, after] = withinQuotes(line.slice(0, index), rest);
      const [, schedule] = /--schedule[ =]+(?=["'\w*])["']?([^"']+)/.exec(after) ?? [];
      if (schedule !== undefined) note('schedule', schedule.trim());
      return commandOf(wordsOf(words), note);
    });
  });
}

/** Where a command begins, by its name or by that of its image. */
const PURGE = /\bacr(?:-cli(?::\S+)?)?\s+purge\b/g;

/** A command that was begun in quotes ends with these; after them come the words of whoever runs it. Quotes within are escaped, in JSON say. */
function withinQuotes(before: string, rest: string): [command: string, after: string] {
  let open: string | undefined;
  for (const [found] of before.matchAll(/\\?["']/g)) {
    if (found.length > 1) continue;
    if (open === undefined) open = found;
    else if (open === found) open = undefined;
  }
  const end = open === undefined ? -1 : rest.search(open === '"' ? /(?<!\\)"/ : /'/);
  const [command, after] = end < 0 ? [rest, ''] : [rest.slice(0, end), rest.slice(end + 1)];
  return [command.replaceAll('\\"', '"'), after];
}

function commandOf(words: readonly string[], note: Note): Command {
  const command: Command = { filters: [], flags: new Map() };
  for (let at = 0; at < words.length; at++) {
    const [flag = '', inline] = splitFlag(words[at] ?? '');
    if (!flag.startsWith('-')) continue;
    const value = SWITCHES.has(flag) ? '' : (inline ?? words[++at] ?? '');
    if (flag === '--filter') command.filters.push(value);
    else if (['--ago', '--keep', '--untagged', '--untagged-only'].includes(flag))
      command.flags.set(flag, value);
    else if (!HOW.has(flag)) note('setting', `${flag} ${value}`.trim());
  }
  return command;
}

function splitFlag(word: string): [string, string | undefined] {
  const equals = word.startsWith('--') ? word.indexOf('=') : -1;
  return equals < 0 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)];
}

/** Words as a shell takes them, of one line. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|([^\s'"]+)/g)].map(
    ([, single, double, plain]) => single ?? double ?? plain ?? '',
  );
}

/** A repository's regular expression as a pattern; undefined where it is more than names and `.*`. */
function repositoriesOf(regex: string): string | undefined {
  const pattern = regex
    .replace(/^\^|\$$/g, '')
    .replaceAll('\\.', '.')
    .replaceAll('.*', '**');
  return /^[a-z0-9._/*-]+$/.test(pattern) ? pattern : undefined;
}

/** `30d`, `1d12h`, `10m`; null where it cannot be read. */
function ageOf(ago: string | undefined, note: Note): { olderThan?: string; by?: 'pushed' } | null {
  if (ago === undefined) return {};
  const [, days = 0, hours = 0, minutes = 0] = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:\d+s)?$/.exec(ago) ?? [];
  const all = (Number(days) * 24 + Number(hours)) * 60 + Number(minutes);
  if (all === 0 && !/^0[dhms]$/.test(ago)) {
    note('setting', `--ago ${ago}`);
    return null;
  }
  return { olderThan: all % (24 * 60) === 0 ? `${all / (24 * 60)}d` : `${all}m`, by: 'pushed' };
}
