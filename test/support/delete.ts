import {
  clientReader,
  type DeleteStep,
  type RegistryClient,
  runDeleteSteps,
} from '../../src-main/engine/index.ts';
import { registryOf } from './registry.ts';

/** Runs one step of a deletion alone. @throws what it failed with */
export async function runDeleteStep(
  client: RegistryClient,
  repository: string,
  step: DeleteStep,
): Promise<'deleted' | 'gone'> {
  const outcomes = await runDeleteSteps(await registryOf(client), clientReader(client), repository, [step]);
  const outcome = outcomes.get(step);
  if (!outcome) throw new Error('A step without an outcome.');
  if ('error' in outcome) throw outcome.error;
  return outcome.result;
}
