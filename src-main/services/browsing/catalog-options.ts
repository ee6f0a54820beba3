import type { Inventory, SettingsFile } from '../../data/index.ts';

export interface CatalogOptions {
  settings: SettingsFile;
  inventory: Inventory;
  now: () => Date;
}
