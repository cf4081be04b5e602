import { Toolbar } from '@base-ui/react/toolbar';
import type { LucideIcon } from 'lucide-react';
import type { ReactElement } from 'react';
import { cn } from '@/lib/class-names';

/** The look of everything on the toolbar; a thumb gets more than a mouse. */
export const toolClass =
  'inline-flex size-9 shrink-0 select-none items-center justify-center rounded-md text-muted transition-colors duration-100 hover:bg-hover hover:text-fg aria-pressed:bg-accent-soft aria-pressed:text-accent data-popup-open:bg-hover data-disabled:pointer-events-none data-disabled:opacity-40 focus-visible:outline-offset-[-2px] sm:size-8 [&_svg]:size-4 dark:aria-pressed:text-fg';

interface ToolbarButtonProps {
  readonly name: string;
  readonly icon: LucideIcon;
  readonly onPress: () => void;
  /** Left out for what does something once and is never on. */
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly keys?: string;
}

/** One square on the toolbar. It leaves the caret where it is. */
export function ToolbarButton(props: ToolbarButtonProps): ReactElement {
  const { name, icon: Icon, onPress, pressed, disabled = false, keys } = props;
  return (
    <Toolbar.Button
      type="button"
      aria-label={name}
      aria-pressed={pressed}
      aria-keyshortcuts={keys}
      title={keys ? `${name} (${keys.replace('Control', 'Ctrl')})` : name}
      disabled={disabled}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPress}
      className={cn(toolClass)}
    >
      <Icon aria-hidden="true" />
    </Toolbar.Button>
  );
}
