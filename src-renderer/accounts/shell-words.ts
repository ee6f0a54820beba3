/** A word of a command as a shell reads it. */
interface Word {
  text: string;
  /** In single quotes: a `$` in it is a dollar. */
  literal: boolean;
}

/** One command of a line, and what is piped or redirected into it. */
export interface Command {
  words: readonly Word[];
  /** The text that a here-string gives it. */
  given?: Word;
}

const SEPARATORS = new Set(['|', ';', '&', '\n']);

/** Takes a line apart as a shell does: quotes, backslashes, lines that go on, and the commands of a pipe. Nothing is run or expanded. */
export function readCommands(line: string): readonly Command[] {
  const commands: { words: Word[]; given?: Word }[] = [{ words: [] }];
  let word: Word | undefined;
  let quote: '"' | "'" | undefined;
  const end = () => {
    const command = commands.at(-1);
    if (word === undefined || command === undefined) return;
    if (command.words.at(-1)?.text === '<<<') {
      command.words.pop();
      command.given = word;
    } else {
      command.words.push(word);
    }
    word = undefined;
  };
  const add = (text: string) => {
    word ??= { text: '', literal: false };
    word.text += text;
  };
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at] ?? '';
    if (character === quote) {
      quote = undefined;
    } else if (quote === "'") {
      add(character);
    } else if (character === '\\') {
      at += 1;
      const next = line[at] ?? '';
      // The line goes on; pasted into a field, its break has become nothing or a space.
      if (/\s|^$/.test(next)) end();
      else add(quote === '"' && !/["\\$`]/.test(next) ? `\\${next}` : next);
    } else if (quote !== undefined) {
      add(character);
    } else if (character === '"' || character === "'") {
      quote = character;
      add('');
      if (word !== undefined && character === "'") word.literal = true;
    } else if (SEPARATORS.has(character)) {
      end();
      commands.push({ words: [] });
    } else if (/\s/.test(character)) {
      end();
    } else {
      add(character);
    }
  }
  end();
  return commands.filter(({ words }) => words.length > 0);
}

/** Whether only a shell knows what a word stands for: `$TOKEN`, `$(cat token)`, `%TOKEN%`. */
export function isVariable({ text, literal }: Word): boolean {
  return !literal && /^(?:\$\w+|\$\{.*\}|\$\(.*|\$env:\w+|`.*`?|%\w+%|<.*>)$/i.test(text);
}
