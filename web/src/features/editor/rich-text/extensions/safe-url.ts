const linkProtocols = new Set([
  'http:',
  'https:',
  'mailto:',
  'tel:',
  'ftp:',
  'xmpp:',
  'irc:',
  'ircs:',
  'sms:',
]);
const imageProtocols = new Set(['http:', 'https:']);

/**
 * The address if a link may lead there, else the empty string: relative addresses and the usual protocols,
 * never `javascript:` and its like.
 */
export function safeLink(url: unknown): string {
  return typeof url === 'string' && hasProtocolOf(url, linkProtocols) ? url : '';
}

/** The address if an image may be fetched from there, else the empty string. */
export function safeImage(url: unknown): string {
  if (typeof url !== 'string') return '';
  if (/^data:image\/(?:png|jpeg|gif|webp|avif);base64,/i.test(url)) return url;
  return hasProtocolOf(url, imageProtocols) ? url : '';
}

/** Asks the platform's own parser, which knows what browsers ignore (tabs, control characters, case). */
function hasProtocolOf(url: string, allowed: ReadonlySet<string>): boolean {
  try {
    return allowed.has(new URL(url, 'https://relative.invalid/').protocol);
  } catch {
    return false;
  }
}
