import type { TFunction } from 'i18next';
import type { Command } from '../commands/command.ts';
import { copyingOfRow } from '../ui/row-commands.tsx';
import { type Instruction, instructionText } from './instruction.ts';

/** Copies the instruction that made a layer, where it is known. */
export function copyingOfInstruction(t: TFunction, instruction: Instruction | undefined): Command[] {
  if (!instruction) return [];
  return [copyingOfRow('instruction', t('commands.row.copyInstruction'), instructionText(instruction))];
}
