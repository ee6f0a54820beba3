import { axeFindsNothingOn } from './axe.ts';
import { viewNames } from './views.ts';

axeFindsNothingOn('nothing else', viewNames.slice(viewNames.length / 2));
