import type { SelectTag } from '../../common/patterns.ts';
import type { Settings } from '../../common/settings.ts';
import { ServiceError } from '../errors.ts';
import type { StepChange } from '../types.ts';
import type { OperationRegistries, Removal } from './kind.ts';

/** What the user has set against changes, of whatever kind: asked where operations start and where their steps run. */
export class Locks {
  readonly #settings: () => Settings;
  readonly #dryRun: boolean;

  /** @param dryRun whoever started the app wants one, whatever is set */
  constructor(settings: () => Settings, dryRun: boolean) {
    this.#settings = settings;
    this.#dryRun = dryRun;
  }

  /** Refuses to start anything, or to go on with it. @throws ServiceError `dryRun`, `readOnly` */
  check({ changes }: OperationRegistries): void {
    if (this.#dryRun || this.#settings().dryRun) throw new ServiceError('dryRun');
    if (changes.some(({ readOnly }) => readOnly)) throw new ServiceError('readOnly');
  }

  /** The name that has to be typed before so much goes. */
  nameFor({ name, tags, empties }: Removal): string | undefined {
    return empties || tags >= this.#settings().typeNameFrom ? name : undefined;
  }
}

/** Why a step is not done: it would move or delete a tag that is protected. What was not there is no tag yet. */
export function protectionOf(
  changes: readonly StepChange[],
  protects: SelectTag | undefined,
): ServiceError | undefined {
  const hurt = changes.filter(
    ({ repository, tag, before, after }) =>
      tag !== null && before !== null && before !== after && protects?.(repository, tag),
  );
  if (hurt.length === 0) return undefined;
  const names = hurt.slice(0, 5).map(({ repository, tag }) => `${repository}:${tag}`);
  return new ServiceError('protectedTag', `Protected: ${names.join(', ')}.`);
}
