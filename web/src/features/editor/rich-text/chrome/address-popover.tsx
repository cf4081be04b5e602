import { Popover } from '@base-ui/react/popover';
import { Toolbar } from '@base-ui/react/toolbar';
import type { Editor } from '@tiptap/core';
import type { LucideIcon } from 'lucide-react';
import { type FormEvent, type ReactElement, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { cn } from '@/lib/class-names';
import { toolClass } from './toolbar-button';

interface AddressPopoverProps {
  readonly editor: Editor;
  readonly name: string;
  readonly icon: LucideIcon;
  readonly pressed: boolean;
  readonly disabled: boolean;
  /** The fields, with what they hold when the popover opens. */
  readonly fields: () => readonly { readonly name: string; readonly label: string; readonly value: string }[];
  /** Takes the fields; answers what is wrong with them, or null. */
  readonly onApply: (values: Readonly<Record<string, string>>) => string | null;
  /** Left out where there is nothing to take away. */
  readonly onRemove?: (() => void) | undefined;
}

/** A small form on the toolbar for something with an address: a link or an image. */
export function AddressPopover(props: AddressPopoverProps): ReactElement {
  const { editor, name, icon: Icon, pressed, disabled, onApply, onRemove } = props;
  const [isOpen, setOpen] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // The form around the editor must not take this for its own.
    event.stopPropagation();
    const values = Object.fromEntries(
      [...new FormData(event.currentTarget)].map(([key, value]) => [key, String(value).trim()]),
    );
    const wrong = onApply(values);
    setProblem(wrong);
    if (wrong === null) setOpen(false);
  };

  return (
    <Popover.Root
      open={isOpen}
      onOpenChange={(open) => {
        setOpen(open);
        setProblem(null);
      }}
    >
      <Toolbar.Button
        render={<Popover.Trigger />}
        aria-label={name}
        title={name}
        disabled={disabled}
        className={cn(toolClass, pressed && !disabled && 'bg-accent-soft text-accent dark:text-fg')}
      >
        <Icon aria-hidden="true" />
      </Toolbar.Button>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="start" className="z-50">
          <Popover.Popup
            aria-label={name}
            finalFocus={() => editor.view.dom}
            className="w-80 max-w-[calc(100vw-16px)] rounded-lg bg-surface p-3 shadow-float outline-none"
          >
            <form onSubmit={submit} className="flex flex-col gap-3">
              {props.fields().map((field) => (
                <Field
                  key={field.name}
                  label={field.label}
                  name={field.name}
                  defaultValue={field.value}
                  autoComplete="off"
                  spellCheck={false}
                />
              ))}
              {problem ? (
                <p role="alert" className="text-xs text-danger">
                  {problem}
                </p>
              ) : null}
              <div className="flex justify-end gap-2">
                {onRemove ? (
                  <Button
                    size="sm"
                    tone="quiet"
                    onClick={() => {
                      onRemove();
                      setOpen(false);
                    }}
                  >
                    Remove
                  </Button>
                ) : null}
                <Button size="sm" tone="primary" type="submit">
                  Apply
                </Button>
              </div>
            </form>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
