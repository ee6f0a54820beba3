import { parentPort, workerData } from 'node:worker_threads';
import { serve } from '../database/thread.ts';
import { openAudit } from './tasks.ts';

if (parentPort) {
  // Given by the thread that starts this one: the file of the database.
  const file = workerData as string;
  void serve(parentPort, async () => openAudit(file));
}
