import { z } from 'zod';
import { about, notice, settings } from '../common/settings.ts';
import { procedure } from './base.ts';

export const app = {
  about: procedure.output(about),
  settings: procedure.output(settings),
  /** Changes the given fields only; answers the whole. */
  changeSettings: procedure.input(settings.partial()).output(settings),
  notices: procedure.output(z.array(notice)),
  dismissNotice: procedure.input(z.object({ id: z.string() })).output(z.void()),
};
