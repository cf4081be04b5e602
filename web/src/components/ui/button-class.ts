import { cn } from '@/lib/class-names';

const TONES = {
  primary: 'bg-accent text-accent-fg hover:bg-accent-hover',
  plain: 'border border-line bg-surface text-fg hover:bg-hover',
  quiet: 'text-muted hover:bg-hover hover:text-fg',
  danger: 'bg-danger text-white hover:bg-danger-hover dark:text-black',
} as const;

const SIZES = {
  sm: 'h-8 gap-1.5 px-2.5 text-[13px]',
  md: 'h-9 gap-2 px-3.5 text-sm',
} as const;

/** The classes of a button, for links that look like one too. */
export function buttonClass(
  look: { readonly tone?: keyof typeof TONES; readonly size?: keyof typeof SIZES },
  extra?: string,
): string {
  return cn(
    'inline-flex shrink-0 select-none items-center justify-center rounded-lg font-medium whitespace-nowrap transition-colors duration-100 disabled:pointer-events-none disabled:opacity-55 aria-disabled:pointer-events-none aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0',
    TONES[look.tone ?? 'plain'],
    SIZES[look.size ?? 'md'],
    extra,
  );
}

/** A square button with nothing but an icon, at least 36 px for a thumb. */
export const iconButtonClass: string = buttonClass({ tone: 'quiet' }, 'size-9 px-0');
