import { parentPort, workerData } from 'node:worker_threads';
import { serve } from '../database/thread.ts';
import { openCharts } from './charts.ts';
import { openReading } from './reading.ts';
import { type InventoryFiles, openInventory } from './tasks.ts';

/** Which of the threads of inventory.ts it is. */
export interface InventoryThread {
  files: InventoryFiles;
  part: 'inventory' | 'reading' | 'charts';
}

if (parentPort) {
  // Given by the thread that starts this one.
  const { files, part } = workerData as InventoryThread;
  const open = {
    inventory: () => openInventory(files),
    reading: () => openReading(files),
    charts: () => openCharts(files.inventory),
  };
  void serve(parentPort, open[part]);
}
