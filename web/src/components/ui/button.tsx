import type { ButtonHTMLAttributes, ReactElement } from 'react';
import { buttonClass } from './button-class';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly tone?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly size?: 'sm' | 'md';
}

/** A button; `type` is `button` unless said otherwise. */
export function Button({ tone = 'plain', size = 'md', className, ...rest }: ButtonProps): ReactElement {
  return <button type="button" {...rest} className={buttonClass({ tone, size }, className)} />;
}
