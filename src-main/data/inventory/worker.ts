import { parentPort, workerData } from 'node:worker_threads';
import { serve } from '../database/thread.ts';
import { openCharts } from './charts.ts';
import { type InventoryFiles, openInventory } from './tasks.ts';

/** Which of the threads of inventory.ts it is. */
export interface InventoryThread {
  files: InventoryFiles;
  part: 'inventory' | 'charts';
}

if (parentPort) {
  // Given by the thread that starts this one.
  const { files, part } = workerData as InventoryThread;
  void serve(parentPort, () => (part === 'charts' ? openCharts(files.inventory) : openInventory(files)));
}
