import type { Core } from '../services/index.ts';
import { api } from './base.ts';

export const accountsApi = ({ accounts }: Core) =>
  api.accounts.router({
    list: api.accounts.list.handler(() => accounts.list()),
    add: api.accounts.add.handler(({ input }) => accounts.add(input.settings, input.secrets)),
    update: api.accounts.update.handler(({ input }) =>
      accounts.update(input.id, input.settings, input.secrets),
    ),
    remove: api.accounts.remove.handler(({ input }) => accounts.remove(input.id)),
    reorder: api.accounts.reorder.handler(({ input }) => accounts.reorder(input.ids)),
    setReadOnly: api.accounts.setReadOnly.handler(({ input }) =>
      accounts.setReadOnly(input.id, input.readOnly),
    ),
    protectTags: api.accounts.protectTags.handler(({ input }) =>
      accounts.protectTags(input.id, input.protectedTags),
    ),
    addRepository: api.accounts.addRepository.handler(({ input }) =>
      accounts.addRepository(input.id, input.repository),
    ),
    removeRepository: api.accounts.removeRepository.handler(({ input }) =>
      accounts.removeRepository(input.id, input.repository),
    ),
    test: api.accounts.test.handler(({ input, signal }) => accounts.test(input, { signal })),
    keychain: api.accounts.keychain.handler(() => accounts.keychain()),
    findSignIns: api.accounts.findSignIns.handler(() => accounts.findSignIns()),
    importSignIns: api.accounts.importSignIns.handler(({ input }) => accounts.importSignIns(input.ids)),
  });
