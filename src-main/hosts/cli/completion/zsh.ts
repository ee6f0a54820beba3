import { type CommandWords, optionsTaking, quoted, type Word } from './words.ts';

/** For `source <(wharfinger completion zsh)`, or as a file `_wharfinger` in a folder of `fpath`. */
export function zshCompletion(all: readonly CommandWords[]): string[] {
  return [
    '#compdef wharfinger',
    '_wharfinger() {',
    "  local place='' word",
    '  local -a found',
    `  for word in "\${(@)words[2,CURRENT-1]}"; do`,
    '    case "$place/$word" in',
    `      ${all.flatMap(({ path }) => (path === '' ? [] : [path])).join('|')}) place="$place/$word" ;;`,
    '    esac',
    '  done',
    `  case \${words[CURRENT-1]} in`,
    `    ${optionsTaking(all, 'file').join('|')}) _files; return ;;`,
    `    ${optionsTaking(all, 'value').join('|')}) return ;;`,
    '  esac',
    '  case $place in',
    ...all.map(
      ({ path, commands, options }) =>
        `    '${path}') found=(${[...commands, ...options].map(described).join(' ')}) ;;`,
    ),
    '  esac',
    "  _describe 'wharfinger' found",
    '}',
    `if [[ "\${funcstack[1]}" == _wharfinger ]]; then _wharfinger "$@"; else compdef _wharfinger wharfinger; fi`,
  ];
}

/** `name:what it is`; a colon in the name itself would end it. */
function described({ text, description }: Word): string {
  return quoted(`${text.replaceAll(':', '\\:')}:${description}`);
}
