import type { SystemId } from '../vocabulary.ts';
import { harbor } from './harbor/index.ts';
import type { System } from './system.ts';

/** Products that differ by facts only; those that need code have a file of their own. */
const FACTS: Readonly<Record<Exclude<SystemId, 'harbor'>, Omit<System, 'id'>>> = {
  // Deleting is a setting; 2.8 deletes by digest only, 3 by tag too.
  distribution: {
    lists: 'yes',
    deletes: 'unknown',
    deletesTagAlone: 'unknown',
    referrers: 'unknown',
    garbageCollection: 'offline',
  },
  nexus: {
    lists: 'yes',
    deletes: 'unknown',
    deletesTagAlone: 'unknown',
    referrers: 'unknown',
    garbageCollection: 'online',
  },
  dockerHub: {
    lists: 'no',
    deletes: 'no',
    deletesTagAlone: 'no',
    referrers: 'unknown',
    garbageCollection: 'automatic',
  },
  ghcr: {
    lists: 'no',
    deletes: 'no',
    deletesTagAlone: 'no',
    referrers: 'no',
    garbageCollection: 'automatic',
  },
  gitlab: {
    lists: 'no',
    deletes: 'yes',
    deletesTagAlone: 'yes',
    referrers: 'unknown',
    garbageCollection: 'unknown',
  },
  quay: {
    lists: 'unknown',
    deletes: 'yes',
    deletesTagAlone: 'unknown',
    referrers: 'unknown',
    garbageCollection: 'automatic',
  },
  ecr: {
    lists: 'yes',
    deletes: 'yes',
    deletesTagAlone: 'unknown',
    referrers: 'unknown',
    garbageCollection: 'automatic',
  },
  acr: {
    lists: 'yes',
    deletes: 'yes',
    deletesTagAlone: 'unknown',
    referrers: 'yes',
    // Deleting an image deletes the whole graph below it.
    deletesAttached: true,
    garbageCollection: 'automatic',
    // It refuses a PUT of more than about 20 MB.
    uploadChunk: 16 * 1024 * 1024,
  },
  gar: {
    lists: 'unknown',
    deletes: 'yes',
    deletesTagAlone: 'unknown',
    referrers: 'unknown',
    garbageCollection: 'automatic',
  },
  artifactory: {
    lists: 'yes',
    deletes: 'yes',
    deletesTagAlone: 'unknown',
    referrers: 'unknown',
    garbageCollection: 'online',
  },
  gitea: {
    lists: 'unknown',
    deletes: 'yes',
    deletesTagAlone: 'unknown',
    referrers: 'no',
    garbageCollection: 'automatic',
  },
  // Its garbage collector runs by itself, an hour after the deletion by default.
  zot: {
    lists: 'yes',
    deletes: 'yes',
    deletesTagAlone: 'yes',
    referrers: 'yes',
    garbageCollection: 'automatic',
  },
  // Ours: everything is allowed unless it plays another product for a test, which asking finds out.
  wharfinger: {
    lists: 'yes',
    deletes: 'unknown',
    deletesTagAlone: 'unknown',
    referrers: 'yes',
    // Deleting removes links; nothing collects their bytes yet.
    garbageCollection: 'unknown',
  },
  generic: {
    lists: 'unknown',
    deletes: 'unknown',
    deletesTagAlone: 'unknown',
    referrers: 'unknown',
    garbageCollection: 'unknown',
  },
};

export function systemOf(id: SystemId): System {
  return id === 'harbor' ? harbor : { id, ...FACTS[id] };
}
