/**
 * Sizes and counts that the wire contract fixes. They are the same for every installation; limits
 * that an operator may change live in the server's configuration.
 */

/** Most documents a join answer lists; with more, `truncated` is true. */
export const MAX_SNAPSHOT_DOCUMENTS = 1_000;
/** Most document ids a dashboard may ask for in one `dashboard:join`. */
export const MAX_WATCHED_DOCUMENTS = 500;
/** Most people listed in one document's presence, readers and editors together. */
export const MAX_LISTED_PEOPLE = 20;
/** Largest socket message, in bytes of its JSON, that is looked at; larger ones are refused. */
export const MAX_SOCKET_PAYLOAD_BYTES = 64 * 1024;
/** A socket message larger than this, in bytes, closes the connection. */
export const MAX_SOCKET_FRAME_BYTES = 1_000_000;
/** Longest title, in UTF-16 code units. */
export const MAX_TITLE_LENGTH = 200;
/** Longest abstract, in UTF-16 code units. */
export const MAX_ABSTRACT_LENGTH = 20_000;
/** Longest text, in UTF-16 code units. */
export const MAX_TEXT_LENGTH = 2_000_000;
/** Largest page of a list. */
export const MAX_PAGE_SIZE = 100;
/** Page size where a request names none. */
export const DEFAULT_PAGE_SIZE = 30;
/** The one socket protocol version this build speaks. */
export const PROTOCOL_VERSION = 1;
/** Shortest password that setup, invitations and `accounts` take. */
export const MIN_PASSWORD_LENGTH = 8;
/** Name of the session cookie. */
export const SESSION_COOKIE = 'doclight_session';
