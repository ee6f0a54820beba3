import type { MessagePort } from 'node:worker_threads';
import { type DataError, storageError } from '../errors.ts';
import { isDamage } from './open.ts';
import { Schedule } from './schedule.ts';
import type { Failure, FromThread, Room, ToThread } from './tasks.ts';

/** The thread's side: does what comes over the port until a message closes it, which ends the thread. */
export async function serve(port: MessagePort, open: () => Promise<Room>): Promise<void> {
  // Node.js announces that its SQLite is young; the process says so itself, or means not to.
  process.removeAllListeners('warning');
  const send = (message: FromThread) => port.postMessage(message);
  let room: Room;
  try {
    room = await open();
  } catch (error) {
    send({ kind: 'failed', failure: failureOf(storageError(error)) });
    port.close();
    return;
  }
  const schedule = new Schedule(room, {
    done: (id, output) => send({ kind: 'done', id, output }),
    failed: (id, error) => {
      send({ kind: 'failed', id, failure: failureOf(error) });
      if (!room.damaged || !isDamage(error.cause)) return;
      schedule.abandon();
      room.damaged();
      port.close();
    },
  });
  // What was sent meanwhile has waited in the port.
  port.on('message', (message: ToThread) => {
    if (message.kind === 'run') schedule.run(message.id, message.name, message.input);
    else if (message.kind === 'cancel') schedule.cancel(message.id);
    else void schedule.close().finally(() => port.close());
  });
}

function failureOf({ code, reason }: DataError): Failure {
  return { code, ...(reason === undefined ? {} : { reason }) };
}
