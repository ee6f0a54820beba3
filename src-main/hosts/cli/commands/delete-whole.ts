import type { AccessOverrides } from '../../../services/index.ts';
import { confirm } from '../ask.ts';
import type { Context } from '../context.ts';
import { confirmSideEffects, type DeleteFlags } from '../deletion-plan.ts';
import { parseWhole } from '../doomed.ts';
import { CommandFailure } from '../failures.ts';
import { counted, print, printJson, report } from '../output.ts';
import { runOperation } from '../run-operation.ts';
import { typedNames } from '../typed-name.ts';
import { wholeDocument, wholeSideEffects, wholeText } from '../whole-plan.ts';

/** `delete --repository HOST/REPO…` and `delete HOST/NAMESPACE/**`: all their tags, as one operation. What is attached goes along. */
export async function deleteWhole(
  context: Context,
  texts: readonly string[],
  flags: DeleteFlags,
  access: AccessOverrides,
): Promise<void> {
  const { core, json, signal } = context;
  const { host, ...which } = parseWhole(texts);
  const registry = await context.registry(host, access);
  const plan = await core.deletion.planRepositories(registry, which, { attached: true, signal });
  if (flags.plan) {
    if (json) await printJson(await wholeDocument(core, plan));
    else await print(wholeText(plan));
    return;
  }
  const failed = plan.summary.repositories.find(({ failure }) => failure)?.failure;
  if (plan.items.total === 0)
    throw new CommandFailure(failed ?? { code: 'notFound', message: 'There is no tag to delete.' });
  if (!flags.yes || !json) report(wholeText(plan));
  const document = await wholeDocument(core, plan);
  await confirm('Delete?', flags, signal);
  await confirmSideEffects(wholeSideEffects(plan), flags, signal);
  const typed = (await typedNames(context, [plan], flags)).get(plan.id);
  const { operationId } = await core.plans.start(plan.id, {
    consent: plan.needsConsent,
    keepContent: flags.keepContent,
    typed,
    signal,
  });
  await runOperation(context, operationId);
  const { tags, repositories } = plan.subject;
  if (json) await printJson({ ...document, operation: operationId });
  else await print(`Deleted ${counted(tags, 'tag')} of ${repositories.length} repositories of ${host}`);
  if (failed) throw new CommandFailure(failed);
}
