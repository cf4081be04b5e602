let fresh = false;

/** Somebody has just signed in on this page: their session is a new one. */
export function noteFreshSignIn(): void {
  fresh = true;
}

/** Whether somebody has signed in on this page since this was asked last. */
export function takeFreshSignIn(): boolean {
  const was = fresh;
  fresh = false;
  return was;
}
