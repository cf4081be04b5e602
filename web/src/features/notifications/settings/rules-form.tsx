'use client';

import type {
  NotificationType,
  WatchLevel,
  Workspace,
  WorkspaceRule,
  WorkspaceRules,
} from '@doclight/protocol';
import { type ReactElement, useState } from 'react';
import { toast } from '@/components/toast/toast';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Switch } from '@/components/ui/switch';
import { messageOf } from '@/lib/api/api-error';
import { useSetWorkspaceRule, useWorkspaceRules } from '@/lib/notifications/rules';
import { useSession } from '@/lib/session/session';
import { DocumentRules } from './document-rules';
import { SelectField } from './select-field';

const LEVELS: readonly { value: WatchLevel; name: string; hint: string }[] = [
  { value: 'watch', name: 'Everything', hint: 'Every change in the workspace, new documents too.' },
  {
    value: 'default',
    name: 'My documents',
    hint: 'Documents you have written or edited, and those you watch.',
  },
  { value: 'mute', name: 'Nothing', hint: 'Only the documents you watch one by one.' },
];

const TYPES: readonly { type: NotificationType; name: string; hint: string }[] = [
  { type: 'saved', name: 'Saved', hint: 'Somebody saves a document.' },
  { type: 'mentioned', name: 'Mentioned', hint: 'Somebody writes @ and your name.' },
  { type: 'opened', name: 'Opened while I edit', hint: 'Somebody comes into the document you are editing.' },
  { type: 'edit-requested', name: 'Asks to edit', hint: 'Somebody wants to edit what you are editing.' },
  { type: 'created', name: 'Created', hint: 'There is a new document, where you hear of everything.' },
  { type: 'deleted', name: 'Deleted', hint: 'A document is gone.' },
];

/** What one wants to hear of, workspace by workspace. */
export function RulesForm(): ReactElement {
  const { workspaces, workspace: current } = useSession();
  const [chosen, setChosen] = useState<string | null>(null);
  const workspace = workspaces.find(({ id }) => id === chosen) ?? current;
  if (!workspace) return <p className="text-[13px] text-muted">You are in no workspace.</p>;
  return (
    <>
      {workspaces.length > 1 ? (
        <SelectField
          label="Workspace"
          value={workspace.id}
          onChange={setChosen}
          options={workspaces.map(({ id, name }) => ({ value: id, text: name }))}
          className="mb-4 max-w-sm"
        />
      ) : null}
      <WorkspaceRulesForm key={workspace.id} workspace={workspace} />
    </>
  );
}

function WorkspaceRulesForm({ workspace }: { readonly workspace: Workspace }): ReactElement {
  const rules = useWorkspaceRules(workspace.id);
  const save = useSetWorkspaceRule(workspace.id);
  if (rules.isError && !rules.data)
    return (
      <Notice tone="error">
        {messageOf(rules.error)}
        <div className="mt-2">
          <Button size="sm" onClick={() => void rules.refetch()}>
            Try again
          </Button>
        </div>
      </Notice>
    );
  if (!rules.data) return <div className="skeleton h-96 rounded-lg" />;
  const change = (rule: WorkspaceRule): void => {
    save(rule).catch((error: unknown) => toast.error(messageOf(error)));
  };
  return (
    <>
      <Levels workspace={workspace} rules={rules.data} onChange={change} />
      <Types rules={rules.data} onChange={change} />
      <DocumentRules rules={rules.data} workspaceId={workspace.id} />
    </>
  );
}

interface PartProps {
  readonly rules: WorkspaceRules;
  readonly onChange: (rule: WorkspaceRule) => void;
}

function Levels({
  workspace,
  rules: { level, types },
  onChange,
}: PartProps & { readonly workspace: Workspace }): ReactElement {
  return (
    <fieldset className="rounded-lg border border-line bg-surface">
      <legend className="sr-only">What to hear of in {workspace.name}</legend>
      {LEVELS.map(({ value, name, hint }) => (
        <label
          key={value}
          className="flex cursor-pointer items-start gap-3 border-line px-4 py-3 not-first-of-type:border-t hover:bg-hover first-of-type:rounded-t-lg last-of-type:rounded-b-lg"
        >
          <input
            type="radio"
            name={`level-${workspace.id}`}
            value={value}
            checked={level === value}
            onChange={() => onChange({ level: value, types })}
            className="mt-0.5 size-4 shrink-0 accent-accent"
          />
          <span>
            <span className="block text-sm font-medium">{name}</span>
            <span className="block text-[13px] text-muted">{hint}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Types({ rules: { level, types }, onChange }: PartProps): ReactElement {
  return (
    <div className="mt-4 divide-y divide-line rounded-lg border border-line bg-surface px-4 py-1">
      {TYPES.map(({ type, name, hint }) => (
        <Switch
          key={type}
          label={name}
          hint={hint}
          checked={types[type]}
          onChange={(on) => onChange({ level, types: { ...types, [type]: on } })}
        />
      ))}
    </div>
  );
}
