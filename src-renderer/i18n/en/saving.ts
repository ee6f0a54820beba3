/** Words of saving single files. */
export const saving = {
  /** In the desktop app, where a dialog asks for the place. */
  save: 'Save…',
  saveOf: 'Save {{name}}',
  download: 'Download',
  downloadOf: 'Download {{name}}',
  saved: 'Saved to {{path}}',
};
