import type { Command } from 'commander';
import { bashCompletion } from '../completion/bash.ts';
import { fishCompletion } from '../completion/fish.ts';
import { wordsOf } from '../completion/words.ts';
import { zshCompletion } from '../completion/zsh.ts';
import { print } from '../output.ts';

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

export type Shell = keyof typeof SHELLS;

/** `completion SHELL`: the script that completes every command and option of the program as it is. */
export async function completion(program: Command, shell: Shell): Promise<void> {
  await print(SHELLS[shell](wordsOf(program)));
}
