/**
 * Says on the desktop what waits in this tab, where the tab is hidden and the person allows it. A
 * notice of the server about the document replaces it, or is replaced: there is never more than one.
 * @returns takes it away
 */
export function notifyHidden(words: string, documentId: string): () => void {
  if (document.visibilityState === 'visible') return () => undefined;
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return () => undefined;
  try {
    const notification = new Notification(words, { tag: `document:${documentId}`, icon: '/icon.svg' });
    notification.onclick = () => {
      window.focus();
      notification.close();
    };
    return () => notification.close();
  } catch {
    // Some browsers let only service workers notify: the card waits in the tab.
    return () => undefined;
  }
}
