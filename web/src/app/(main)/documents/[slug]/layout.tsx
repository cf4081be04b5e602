import type { ReactElement, ReactNode } from 'react';
import { InDocument } from './in-document';

export default function DocumentLayout({ children }: { readonly children: ReactNode }): ReactElement {
  return <InDocument>{children}</InDocument>;
}
