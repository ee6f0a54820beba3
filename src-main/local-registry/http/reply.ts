/** A part of a file, sent as a stream. */
export interface FileSlice {
  path: string;
  start: number;
  length: number;
}

/**
 * An answer before it is sent. For HEAD the body is left out when sending; `content-length` comes from the body, or from
 * the headers where a handler gives none.
 */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body?: Uint8Array | FileSlice;
}

export function isFileSlice(body: Reply['body']): body is FileSlice {
  return body !== undefined && !(body instanceof Uint8Array);
}

export function bodyLength(body: Reply['body']): number {
  if (body === undefined) return 0;
  return isFileSlice(body) ? body.length : body.byteLength;
}

export function jsonReply(status: number, value: unknown, headers: Record<string, string> = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: new TextEncoder().encode(JSON.stringify(value)),
  };
}

export function emptyReply(status: number, headers: Record<string, string> = {}): Reply {
  return { status, headers };
}
