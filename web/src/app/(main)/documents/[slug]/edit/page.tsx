import type { ReactElement } from 'react';
import { EditPage } from '@/features/editor/edit-page';

export default function EditDocumentPage(): ReactElement {
  return <EditPage />;
}
