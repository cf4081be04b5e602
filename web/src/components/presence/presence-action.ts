import { createContext, type ReactNode } from 'react';

/** What one can do about those who are here; the presence bar shows it at its end. */
export const PresenceAction = createContext<ReactNode>(null);
