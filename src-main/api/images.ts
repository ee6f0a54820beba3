import type { Core } from '../services/index.ts';
import { api } from './base.ts';

export const imagesApi = ({ accounts, images }: Core) =>
  api.images.router({
    get: api.images.get.handler(async ({ input: { accountId, repository, reference }, signal }) =>
      images.describe(await accounts.handle(accountId), repository, reference, { known: true, signal }),
    ),
  });
