import type { AccessOverrides } from '../../../services/index.ts';
import { type ChangeFlags, confirm } from '../ask.ts';
import { type Context, warnOfReach } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import { changeDocument, operationDocument, subjectText } from '../operation-text.ts';
import { print, printJson, shortDigest, tell } from '../output.ts';
import { runOperation } from '../run-operation.ts';
import { findOperation } from './operations.ts';

/** `undo ID`: puts back what a deletion took, after showing it. */
export async function undo(
  context: Context,
  text: string,
  flags: ChangeFlags,
  access: AccessOverrides,
): Promise<void> {
  const { core, json, signal } = context;
  const operation = findOperation(core, text);
  const { subject, undoable } = operation;
  if (!undoable || subject.kind !== 'delete')
    throw new CommandFailure({
      code: 'unsupported',
      message: `${subjectText(operation)} cannot be undone: it is no deletion, took nothing, was undone, or its layers were collected.`,
    });
  const back = core.operations.changes(operation.id).filter(({ before }) => before !== null);
  const lines = [
    `Put back in ${subject.place.host}/${subject.place.repository}`,
    ...back.map(({ tag, before }) => `  ${tag ?? 'no tag'} -> ${shortDigest(before ?? '')}`),
  ];
  const document = { operation: operation.id, changes: back.map(changeDocument) };
  if (flags.plan) {
    if (json) await printJson(document);
    else await print(lines);
    return;
  }
  if (!flags.yes || !json) tell(lines);
  await confirm('Put it back?', flags, signal);
  warnOfReach(await core.accounts.at(subject.place, access));
  const { operationId } = await core.operations.undo(operation.id, { target: access });
  const ended = await runOperation(context, operationId);
  if (json) await printJson({ ...operationDocument(ended), undoes: operation.id });
  else
    await print(
      `${subjectText(ended)}: ${ended.status}${ended.failure?.reason ? `. ${ended.failure.reason}` : ''}`,
    );
}
