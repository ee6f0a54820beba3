import { type CommandWords, optionsTaking } from './words.ts';

/** For `source <(wharfinger completion bash)`. Asks neither the program nor a registry: a key press is answered at once. */
export function bashCompletion(all: readonly CommandWords[]): string[] {
  return [
    '# bash completion of wharfinger',
    '_wharfinger() {',
    `  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]} path= word words=`,
    `  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do`,
    '    case "$path/$word" in',
    `      ${all.flatMap(({ path }) => (path === '' ? [] : [path])).join('|')}) path=$path/$word ;;`,
    '    esac',
    '  done',
    '  case $before in',
    `    ${optionsTaking(all, 'file').join('|')})`,
    '      COMPREPLY=($(compgen -f -- "$current"))',
    '      return ;;',
    `    ${optionsTaking(all, 'value').join('|')}) return ;;`,
    '  esac',
    '  case $path in',
    ...all.map(({ path, commands, options }) => {
      const words = [...commands, ...options].map(({ text }) => text);
      return `    '${path}') words='${words.join(' ')}' ;;`;
    }),
    '  esac',
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    '}',
    'complete -F _wharfinger wharfinger',
  ];
}
