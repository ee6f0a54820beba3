import type { CommandWords } from './words.ts';

/** For `wharfinger completion fish | source`. */
export function fishCompletion(all: readonly CommandWords[]): string[] {
  return [
    '# fish completion of wharfinger',
    'function __wharfinger_at --argument-names wanted',
    "    set --local place ''",
    '    for word in (commandline --tokenize --cut-at-cursor --current-process)[2..]',
    '        switch "$place/$word"',
    `            case ${all.flatMap(({ path }) => (path === '' ? [] : [path])).join(' ')}`,
    '                set place "$place/$word"',
    '        end',
    '    end',
    '    test "$place" = "$wanted"',
    'end',
    'complete --command wharfinger --no-files',
    ...all.flatMap(({ path, commands, options }) => {
      const at = `complete --command wharfinger --condition "__wharfinger_at '${path}'"`;
      return [
        ...commands.map(
          ({ text, description }) => `${at} --arguments ${text} --description ${fishQuoted(description)}`,
        ),
        ...options.map(
          ({ text, description, takes }) =>
            `${at} --long-option ${text.slice(2)} --description ${fishQuoted(description)}${VALUE[takes]}`,
        ),
      ];
    }),
  ];
}

const VALUE = { nothing: '', value: ' --exclusive', file: ' --require-parameter --force-files' } as const;

function fishQuoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
