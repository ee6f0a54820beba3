import type { MatrixDefinition } from '../common/comparison-matrix.ts';
import type { Core } from '../services/index.ts';
import { api } from './base.ts';

export const comparisonMatrixApi = ({ accounts, comparisonMatrix: matrix }: Core) => {
  const own = api.comparisonMatrix;
  const sidesOf = async ({ sides }: MatrixDefinition) =>
    await Promise.all(
      sides.map(async ({ accountId, ...side }) => ({ ...side, registry: await accounts.handle(accountId) })),
    );
  return own.router({
    look: own.look.handler(async function* ({ input, signal }) {
      yield yield* matrix.look(await sidesOf(input), { maxAge: input.maxAge, signal });
    }),
    rows: own.rows.handler(
      async ({ input: { filter, offset, limit, ...definition }, signal }) =>
        await matrix.rows(await sidesOf(definition), { filter, offset, limit }, { signal }),
    ),
    counts: own.counts.handler(
      async ({ input, signal }) => await matrix.counts(await sidesOf(input), input.text, { signal }),
    ),
    bytes: own.bytes.handler(
      async ({ input, signal }) => await matrix.bytes(await sidesOf(input), input.filter, { signal }),
    ),
    unread: own.unread.handler(
      async ({ input, signal }) => await matrix.unread(await sidesOf(input), input.filter, { signal }),
    ),
    read: own.read.handler(async function* ({ input, signal }) {
      yield yield* matrix.read(await sidesOf(input), input.filter, { signal });
    }),
    planCopies: own.planCopies.handler(
      async ({ input, signal }) => await matrix.planCopies(await sidesOf(input), input.filter, { signal }),
    ),
    saved: own.saved.handler(() => matrix.saved()),
    unreadableSaved: own.unreadableSaved.handler(() => matrix.unreadableSaved()),
    save: own.save.handler(({ input }) => matrix.save(input)),
    removeSaved: own.removeSaved.handler(({ input }) => matrix.removeSaved(input.id)),
    runSaved: own.runSaved.handler(async ({ input, signal }) => await matrix.runSaved(input.id, { signal })),
    drift: own.drift.handler(async ({ input, signal }) => await matrix.drift(input, { signal })),
    watch: own.watch.handler(({ signal }) => matrix.watch({ signal })),
  });
};
