import { axeFindsNothingOn } from './axe.ts';
import { viewNames } from './views.ts';

// In two files, so that two workers share them: it is the longest of what a browser looks at.
axeFindsNothingOn('without registries too', viewNames.slice(0, viewNames.length / 2));
