'use client';

import { Menu } from '@base-ui/react/menu';
import type { Role } from '@doclight/protocol';
import { ChevronDown } from 'lucide-react';
import type { ReactElement } from 'react';
import { buttonClass } from '@/components/ui/button-class';
import { MenuChoices, MenuPanel } from '@/components/ui/menu';

const ROLES: readonly { value: Role; text: string }[] = [
  { value: 'owner', text: 'Owner' },
  { value: 'editor', text: 'Editor' },
  { value: 'viewer', text: 'Viewer' },
];

/** A role's name as shown. */
export function roleName(role: Role): string {
  return ROLES.find((choice) => choice.value === role)?.text ?? role;
}

interface RoleMenuProps {
  readonly role: Role;
  /** Whose role it is, for the accessible name. */
  readonly of: string;
  readonly onChoose: (role: Role) => void;
  readonly className?: string;
}

/** Shows a role and lets one choose another. */
export function RoleMenu({ role, of, onChoose, className }: RoleMenuProps): ReactElement {
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger
        aria-label={`Role of ${of}: ${roleName(role)}`}
        className={buttonClass({ size: 'sm' }, className)}
      >
        {roleName(role)}
        <ChevronDown aria-hidden="true" className="size-3.5! text-subtle" />
      </Menu.Trigger>
      <MenuPanel className="min-w-36">
        <MenuChoices heading="Role" value={role} choices={ROLES} onChoose={onChoose} />
      </MenuPanel>
    </Menu.Root>
  );
}
