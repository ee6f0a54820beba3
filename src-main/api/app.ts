import type { Core } from '../services/index.ts';
import { api } from './base.ts';

export const appApi = ({ settings }: Core) =>
  api.app.router({
    about: api.app.about.handler(() => settings.about()),
    settings: api.app.settings.handler(() => settings.get()),
    changeSettings: api.app.changeSettings.handler(({ input }) => settings.change(input)),
    notices: api.app.notices.handler(() => settings.notices()),
    dismissNotice: api.app.dismissNotice.handler(({ input }) => settings.dismissNotice(input.id)),
  });
