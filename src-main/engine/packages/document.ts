import { parseJson } from '../model/json.ts';
import { type JsonObject, objectOf } from '../model/json-fields.ts';
import { Unread } from './reader.ts';

/** @throws {Unread} `damaged` */
export function readDocument(bytes: Uint8Array): JsonObject {
  try {
    // Some begin with a byte order mark.
    const text = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
    return objectOf(parseJson(text));
  } catch (error) {
    throw new Unread('damaged', `Not valid JSON. ${(error as Error).message}`);
  }
}
