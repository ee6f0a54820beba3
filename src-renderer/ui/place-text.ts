interface Place {
  host: string;
  repository: string;
}

/** `host/repository`. */
export function placeText({ host, repository }: Place): string {
  return `${host}/${repository}`;
}

/** `host/repository:tag` or `host/repository@digest`. */
export function referenceText(place: Place, reference: string): string {
  return nameText(placeText(place), reference);
}

/** `repository:tag` or `repository@digest`. */
export function nameText(repository: string, reference: string): string {
  return `${repository}${reference.includes(':') ? '@' : ':'}${reference}`;
}
