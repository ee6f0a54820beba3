import { about, notice, noticeRef, settings } from '../common/settings.ts';
import { nothing } from '../common/units.ts';
import { procedure } from './base.ts';

export const app = {
  about: procedure.output(about),
  settings: procedure.output(settings),
  /** Changes the given fields only; answers the whole. */
  changeSettings: procedure.input(settings.partial()).output(settings),
  notices: procedure.output(notice.array()),
  dismissNotice: procedure.input(noticeRef).output(nothing),
};
