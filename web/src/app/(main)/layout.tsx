import type { ReactElement, ReactNode } from 'react';
import { MainShell } from './main-shell';

export default function MainLayout({ children }: { readonly children: ReactNode }): ReactElement {
  return <MainShell>{children}</MainShell>;
}
