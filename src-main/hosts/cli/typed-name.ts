import type { Plan } from '../../common/plan.ts';
import { ask, type ChangeFlags, isInteractive } from './ask.ts';
import type { Context } from './context.ts';
import { Cancelled, CommandFailure } from './failures.ts';
import { report } from './output.ts';

export interface NameFlags extends ChangeFlags {
  /** Names given beforehand: `--confirm`. */
  readonly confirm?: readonly string[];
}

/**
 * The names that plans ask for before so much goes: typed on the terminal, or given by `--confirm`. A script's `--yes` is enough unless
 * the settings ask scripts as well; a name that was given and is another one never is.
 *
 * @returns what was typed, by the id of each plan
 * @throws Cancelled; CommandFailure `nameNeeded`
 */
export async function typedNames(
  { core, signal }: Context,
  plans: readonly Pick<Plan, 'id' | 'typed'>[],
  { yes, confirm: given = [] }: NameFlags,
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  const asked = new Map<string, string>();
  for (const { id, typed } of plans) {
    if (typed === undefined) continue;
    asked.set(typed, asked.get(typed) ?? (await nameFor(typed)));
    names.set(id, typed);
  }
  return names;

  async function nameFor(name: string): Promise<string> {
    if (given.includes(name)) return name;
    const isEnough = yes === true && given.length === 0 && !core.settings.get().typeNameInScripts;
    if (isEnough) return name;
    if (yes || !isInteractive())
      throw new CommandFailure({
        code: 'nameNeeded',
        message: 'Deleting this much requires giving the name.',
        reason: `Add: --confirm ${name}`,
      });
    if ((await ask(`So much goes that its name is asked for. Type ${name}: `, signal)).trim() === name)
      return name;
    report('Nothing was deleted.');
    throw new Cancelled();
  }
}
