/**
 * How a page proves to the browser host that its user opened it; the desktop window needs none of this.
 *
 * The one-time token of a printed address is changed for a session's secret, which the page gets in the fragment of its address and
 * shows when it connects. It is in no cookie: those go to every port of this machine, whatever listens there.
 */

/** Before the secret in the address a sign-in leads to. */
export const SESSION_FRAGMENT = '#session=';

/** The WebSocket's subprotocol. */
export const RPC_PROTOCOL = 'wharfinger.rpc';

/** Before the secret, offered as a further subprotocol: the only words a page can add to the request for a WebSocket. */
export const SESSION_PROTOCOL_PREFIX = 'wharfinger.session.';

/**
 * Takes in an archive of images (POST, its bytes as body, `Authorization: Bearer …`) and answers with its path and size as JSON, for
 * `content.recognise`; a failure is answered as `{failure}` of the contract's shape.
 */
export const UPLOAD_PATH = '/content';

/**
 * Before the ticket of an archive that was saved to be downloaded (`content.downloads`): GET sends it, once. A link cannot show the
 * session's secret; the ticket is as hard to guess, and only a page with a session gets it.
 */
export const DOWNLOAD_PATH = '/content/';

/** Answers 204 to the secret of a session (`Authorization: Bearer …`) and 401 to anything else. */
export const SESSION_PATH = '/session';
