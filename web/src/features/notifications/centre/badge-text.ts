const MOST = 99;

/** The number on the bell: `99+` for more than fit. */
export function badgeText(unread: number): string {
  return unread > MOST ? `${MOST}+` : String(unread);
}
