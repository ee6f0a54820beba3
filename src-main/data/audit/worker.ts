import { parentPort, workerData } from 'node:worker_threads';
import { serve } from '../database/thread.ts';
import { type AuditFiles, openAudit } from './tasks.ts';

if (parentPort) {
  // Given by the thread that starts this one.
  const files = workerData as AuditFiles;
  void serve(parentPort, () => openAudit(files));
}
