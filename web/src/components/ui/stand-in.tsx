'use client';

import {
  type ButtonHTMLAttributes,
  type ReactNode,
  type Ref,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { toast } from '../toast/toast';

/** What a button looks like and is called, whoever renders it. */
export interface TriggerProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type'> {
  readonly ref?: Ref<HTMLButtonElement>;
}

/** What was done to the stand-in: the real button is told of it as if it had been there. */
export type Pressed = readonly Event[];

interface StandInProps {
  readonly trigger: TriggerProps;
  readonly popup: 'menu' | 'dialog';
  /** Loads all that the real one needs. */
  readonly load: () => Promise<unknown>;
  /** The real one; it is in place from the first press on. */
  readonly children: (pressed: Pressed) => ReactNode;
}

/**
 * A plain button in the place of one that opens something, until it is pressed: what floats is a third of the
 * code of the dashboard, and there are fifty menus on it that nobody opens. Its code is loaded when a pointer or the
 * focus comes near; a press that is quicker than that waits for it.
 */
export function StandIn({ trigger, popup, load, children }: StandInProps): ReactNode {
  const [pressed, setPressed] = useState<Pressed | null>(null);
  const [waiting, setWaiting] = useState(false);
  const pointer = useRef<PointerEvent | null>(null);
  if (pressed) return children(pressed);
  const prepare = (): void => void load().catch(() => undefined);
  const press = (event: Event): void => {
    if (waiting) return;
    const events = pointer.current ? [pointer.current, event] : [event];
    // A button that goes up before the real one is there belongs to the press: else a menu takes the next time it
    // goes up for the end of a drag.
    if (event.type === 'mousedown')
      document.addEventListener('mouseup', (up) => events.push(up), { capture: true, once: true });
    setWaiting(true);
    load().then(
      () => setPressed(events),
      () => {
        setWaiting(false);
        toast.error('This needs the server, which does not answer. Try again when the connection is back.');
      },
    );
  };
  return (
    <button
      type="button"
      {...trigger}
      aria-haspopup={popup}
      aria-expanded={false}
      aria-busy={waiting || undefined}
      onPointerEnter={prepare}
      onFocus={prepare}
      onPointerDown={(event) => {
        pointer.current = event.nativeEvent;
        prepare();
      }}
      onMouseDown={(event) => {
        // A menu opens as soon as the button is down.
        if (popup === 'menu' && event.button === 0) press(event.nativeEvent);
      }}
      onClick={(event) => press(event.nativeEvent)}
      onKeyDown={(event) => {
        pointer.current = null;
        if (popup !== 'menu' || !['ArrowDown', 'ArrowUp'].includes(event.key)) return;
        event.preventDefault();
        press(event.nativeEvent);
      }}
    />
  );
}

/** For the real button: once it is there, it is given the focus and what was done to its stand-in. */
export function useReplay(pressed: Pressed): (button: HTMLButtonElement | null) => void {
  const button = useRef<HTMLButtonElement | null>(null);
  const left = useRef(pressed);
  useEffect(() => {
    const events = left.current;
    left.current = [];
    if (events.length === 0) return;
    // The stand-in had it, and has taken it along.
    button.current?.focus({ preventScroll: true });
    for (const event of events) button.current?.dispatchEvent(copyOf(event));
  }, []);
  // The same one for ever: a new ref is a new button to whoever keeps track of it.
  return useCallback((element) => {
    button.current = element;
  }, []);
}

/** The same event once more: one that was dispatched already may not be again. */
function copyOf(event: Event): Event {
  const Kind = event.constructor as new (type: string, init: EventInit) => Event;
  return new Kind(event.type, event);
}
