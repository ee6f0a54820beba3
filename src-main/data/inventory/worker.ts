import { parentPort, workerData } from 'node:worker_threads';
import { serve } from '../database/thread.ts';
import { type InventoryFiles, openInventory } from './tasks.ts';

// The thread of inventory.ts, which gives it the files.
if (parentPort) void serve(parentPort, () => openInventory(workerData as InventoryFiles));
