import type { DeliveryReason } from '@doclight/protocol';
import type { DeviceSupport } from '@/lib/notifications/support';

/** Why nothing can be turned on here, and what to do about it. */
export const SUPPORT_WORDS: Readonly<
  Record<Exclude<DeviceSupport, 'ready'>, { heading: string; help: string }>
> = {
  denied: {
    heading: 'Notifications are blocked for this site',
    help: 'You, or this browser, have refused them. Click the icon left of the address, allow notifications for this site, and come back.',
  },
  insecure: {
    heading: 'This address is not secure',
    help: 'Browsers allow notifications only over https, or on this computer itself. Open Doclight by its https address.',
  },
  'ios-not-installed': {
    heading: 'Add Doclight to the home screen first',
    help: 'On iPhone and iPad only installed web apps may notify: tap Share, then “Add to Home Screen”, open Doclight from there, and turn notifications on here.',
  },
  unsupported: {
    heading: 'This browser cannot receive notifications',
    help: 'It lacks Web Push, or has it turned off, as in a private window. A current Chrome, Edge, Firefox or Safari has it.',
  },
};

/** Why something was dropped, or waits, in words. */
export const REASON_WORDS: Readonly<Record<DeliveryReason, string>> = {
  'quiet-hours': 'quiet hours',
  looking: 'you were looking at the document',
  read: 'you had read it already',
  'no-access': 'you have no access any more',
  'document-gone': 'the document was deleted',
  'no-device': 'no device was turned on',
  'not-shown': 'no page showed it',
  superseded: 'a newer one took its place',
  'device-removed': 'the device was removed',
  'device-gone': 'the browser has ended its subscription',
  expired: 'it took too long',
  refused: 'the push service refused it',
  'rate-limited': 'the push service wants fewer',
  unreachable: 'the push service could not be reached',
  failing: 'the push service failed',
};

/** The words for a reason, also for one that this page does not know yet. */
export function reasonWords(reason: string | null): string {
  if (reason === null) return '';
  return (REASON_WORDS as Readonly<Record<string, string>>)[reason] ?? reason;
}
