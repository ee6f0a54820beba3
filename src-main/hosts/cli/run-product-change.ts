import { differingFields } from '../../common/product.ts';
import type { ProductChangePlan } from '../../common/product-change.ts';
import { confirm } from './ask.ts';
import type { Context } from './context.ts';
import { print, printJson, report } from './output.ts';
import { changeLines } from './product-change-text.ts';
import { runOperation } from './run-operation.ts';
import { type NameFlags, typedNames } from './typed-name.ts';

/** Shows a plan of changes, asks, and runs it; secrets that it was answered with are part of the result. */
export async function runProductChange(
  context: Context,
  plan: ProductChangePlan,
  flags: NameFlags,
): Promise<void> {
  const { core, json, signal } = context;
  const host = plan.subject.place.host;
  const changes = plan.subject.changes.map(({ secrets: _, ...change }) => ({
    ...change,
    fields: differingFields(change.kind, change.before, change.after),
  }));
  if (flags.plan) {
    if (json) await printJson({ host, changes, ...plan.summary });
    else await print(changeLines(plan));
    return;
  }
  if (!flags.yes || !json) report(changeLines(plan));
  await confirm('Do it?', flags, signal);
  const typed = (await typedNames(context, [plan], flags)).get(plan.id);
  const { operationId } = await core.plans.start(plan.id, { typed, signal });
  const ended = await runOperation(context, operationId);
  const secrets = core.products.takeSecrets(operationId);
  if (json) await printJson({ host, operation: operationId, status: ended.status, changes, secrets });
  else
    await print([
      `${ended.title}: ${ended.status}`,
      ...secrets.map(({ name, secret }) => `${name}: ${secret}`),
    ]);
}
