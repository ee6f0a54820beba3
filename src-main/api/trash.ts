import type { Core } from '../services/index.ts';
import { api } from './base.ts';

export const trashApi = ({ trash }: Core) =>
  api.trash.router({
    usage: api.trash.usage.handler(() => trash.usage()),
    entries: api.trash.entries.handler(({ input }) => trash.entries(input)),
    empty: api.trash.empty.handler(({ input: { what }, signal }) => trash.empty(what, { signal })),
  });
