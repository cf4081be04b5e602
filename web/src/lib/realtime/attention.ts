import type { Attention } from '@doclight/protocol';

/** Without input for this long, a person is shown as away from the keyboard. */
const IDLE_AFTER_MS = 2 * 60_000;
/** Input is noticed at most this often. */
const NOTICE_EVERY_MS = 5_000;
/** In another window for this long, a person does not look at this one, though it may be in sight. */
const ELSEWHERE_AFTER_MS = 10_000;

/**
 * Watches whether the person is at this page.
 * @param report told `attention`, as others see it, and `look`: the same, but idle as well while another window has
 * the focus
 * @returns stops watching
 */
export function watchAttention(report: (attention: Attention, look: Attention) => void): () => void {
  let lastInput = Date.now();
  let leftAt = document.hasFocus() ? Number.POSITIVE_INFINITY : Date.now();
  let idle: ReturnType<typeof setTimeout> | undefined;
  const evaluate = (): void => {
    clearTimeout(idle);
    if (document.visibilityState === 'hidden') {
      report('hidden', 'hidden');
      return;
    }
    const now = Date.now();
    const untilIdle = lastInput + IDLE_AFTER_MS - now;
    const untilElsewhere = leftAt + ELSEWHERE_AFTER_MS - now;
    const attention = untilIdle > 0 ? 'active' : 'idle';
    report(attention, untilElsewhere > 0 ? attention : 'idle');
    const next = Math.min(...[untilIdle, untilElsewhere].filter((left) => left > 0));
    if (Number.isFinite(next)) idle = setTimeout(evaluate, next);
  };
  const onFocus = (): void => {
    leftAt = Number.POSITIVE_INFINITY;
    lastInput = Date.now();
    evaluate();
  };
  const onBlur = (): void => {
    leftAt = Date.now();
    evaluate();
  };
  const onInput = (): void => {
    const now = Date.now();
    const wasIdle = now - lastInput >= IDLE_AFTER_MS;
    if (!wasIdle && now - lastInput < NOTICE_EVERY_MS) return;
    lastInput = now;
    evaluate();
  };
  const onVisibility = (): void => {
    if (document.visibilityState === 'visible') lastInput = Date.now();
    evaluate();
  };
  const inputs = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'touchstart'] as const;
  for (const input of inputs) window.addEventListener(input, onInput, { passive: true });
  document.addEventListener('visibilitychange', onVisibility);
  window.addEventListener('focus', onFocus);
  window.addEventListener('blur', onBlur);
  evaluate();
  return () => {
    clearTimeout(idle);
    for (const input of inputs) window.removeEventListener(input, onInput);
    document.removeEventListener('visibilitychange', onVisibility);
    window.removeEventListener('focus', onFocus);
    window.removeEventListener('blur', onBlur);
  };
}
