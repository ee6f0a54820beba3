import type { MatrixBytes, MatrixCounts, MatrixFilter, MatrixRows } from '../../common/comparison-matrix.ts';
import type { Database } from '../database/database.ts';
import { identityOf, openCache, setAside } from '../database/open.ts';
import type { Room } from '../database/tasks.ts';
import { type BaseAsked, bases, type FoundBase } from './bases.ts';
import { chosen, staying } from './chosen.ts';
import { duplicates, largest } from './contents.ts';
import { dayTags } from './day-tags.ts';
import { history } from './days.ts';
import { Families, type FamiliesAsked, type FamiliesFound } from './families.ts';
import { foundPlaces } from './found-places.ts';
import { freed } from './freed.ts';
import { holders } from './holders.ts';
import { Matrix, type MatrixAsked, type MatrixRowsAsked } from './matrix.ts';
import { type DriftAsked, MatrixDrift } from './matrix-drift.ts';
import { matrixNames, type NamesAsked } from './matrix-names.ts';
import { Outlines } from './outlines.ts';
import { schema } from './schema.ts';
import { makeSettling } from './settle.ts';
import {
  isUnsettled,
  type KnownRepositoriesAsked,
  known,
  knownRepositoryTotals,
  namespaceSizes,
  namespaces,
  type RepositoriesPage,
  type RepositoryTotals,
  repositories,
  summary,
} from './totals.ts';
import { lookedCounts, unlookedImages, unreadLayers } from './unlooked.ts';
import { weights } from './weights.ts';

/** How often what is written meanwhile is settled, too, before an answer that leaves it out. */
const SETTLED_AGAIN = 5;

export type ChartTasks = ReturnType<typeof makeCharts>;

/** Questions about what repositories hold, on a connection of their own: each sees one state of the file, however long it takes. */
export async function openCharts(file: string) {
  const database = await openCache(file, schema);
  const identity = identityOf(file);
  const families = new Families(database);
  const outlines = new Outlines(database);
  return {
    questions: makeCharts(database, families, outlines),
    changes: {},
    *rest() {
      yield* outlines.all();
      yield* families.renew(Date.now());
    },
    damaged: () => setAside(file, identity),
    close: () => database.close(),
  } satisfies Room;
}

/** The questions on an open database. */
export function makeCharts(database: Database, families: Families, outlines: Outlines) {
  const { settle } = makeSettling(database);
  const matrix = new Matrix(database);
  const drift = new MatrixDrift(database);
  function question<Input, Output>(ask: (on: Database, input: Input) => Output) {
    return function* (input: Input): Generator<void, Output, void> {
      for (let times = 1; ; times++) {
        yield* settle();
        const answer = database.reading(() =>
          times < SETTLED_AGAIN && isUnsettled(database) ? undefined : { output: ask(database, input) },
        );
        if (answer) return answer.output;
        yield;
      }
    };
  }
  return {
    summary: question(summary),
    known: question(known),
    *repositoryTotals(
      asked: RepositoriesPage,
    ): Generator<void, { items: RepositoryTotals[]; total: number }, void> {
      yield* settle();
      yield* outlines.ofPage(asked);
      return yield* question(repositories)(asked);
    },
    *knownRepositoryTotals(asked: KnownRepositoriesAsked): Generator<void, RepositoryTotals[], void> {
      yield* settle();
      yield* outlines.ofPage(asked);
      return yield* question(knownRepositoryTotals)(asked);
    },
    namespaceSizes: question(namespaceSizes),
    namespaces: question(namespaces),
    largest: question(largest),
    duplicates: question(duplicates),
    holders: question(holders),
    history: question(history),
    dayTags: question(dayTags),
    weights: question(weights),
    freed: question(freed),
    chosen: question(chosen),
    staying: question(staying),
    matrixRows(asked: MatrixRowsAsked): Generator<void, MatrixRows, void> {
      return matrix.rows(asked);
    },
    matrixCounts(asked: MatrixAsked & { text: string }): Generator<void, MatrixCounts, void> {
      return matrix.counts(asked);
    },
    matrixNames(asked: NamesAsked): Generator<void, string[], void> {
      return matrixNames(database, asked);
    },
    *matrixDrift(asked: DriftAsked): Generator<void, ReturnType<MatrixDrift['drift']>, void> {
      yield;
      return drift.drift(asked);
    },
    *matrixBytes(asked: MatrixAsked & { filter: MatrixFilter }): Generator<void, MatrixBytes, void> {
      yield* settle();
      return yield* matrix.bytes(asked);
    },
    matrixUnread(
      asked: MatrixAsked & { filter: MatrixFilter; limit: number },
    ): ReturnType<(typeof matrix)['unread']> {
      return matrix.unread(asked);
    },
    foundPlaces: question(foundPlaces),
    lookedCounts: question(lookedCounts),
    unlookedImages: question(unlookedImages),
    unreadLayers: question(unreadLayers),
    *bases(asked: BaseAsked): Generator<void, FoundBase[], void> {
      yield* settle();
      return yield* bases(database, asked);
    },
    *families(asked: FamiliesAsked): Generator<void, FamiliesFound, void> {
      yield* settle();
      return yield* families.families(asked);
    },
  };
}
