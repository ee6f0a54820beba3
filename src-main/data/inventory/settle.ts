import type { Database } from '../database/database.ts';
import { Holdings } from './holdings.ts';
import { Settling } from './settling.ts';
import { Sums } from './sums.ts';

/** All that works out what follows from changes, on one connection. */
export function makeSettling(database: Database) {
  const holdings = new Holdings(database);
  const settling = new Settling(database, holdings);
  const sums = new Sums(database);
  return {
    holdings,
    settling,
    sums,
    *settle(): Generator<void, void, void> {
      yield* sums.settle();
      yield* settling.settle();
    },
  };
}
