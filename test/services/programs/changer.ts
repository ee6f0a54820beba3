/** A process that makes a change and ends with it. Arguments: its home; on stdin: the words of the change as JSON. */
import { flushCompileCache } from 'node:module';
import { json } from 'node:stream/consumers';
import { openCore } from '../../support/own-core.ts';
import { type Change, startChange } from '../support/changes.ts';

// For the next one: who is killed writes no cache.
flushCompileCache();
const core = await openCore(process.argv[2] ?? '');
const { operationId } = await startChange(core, (await json(process.stdin)) as Change);
await core.operations.finished(operationId);
await core.close();
console.log('ended');
