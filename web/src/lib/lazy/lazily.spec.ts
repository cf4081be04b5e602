import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { lazily } from './lazily';

describe('lazily', () => {
  it('renders nothing before its code is there, and all of it at once after that', async () => {
    const Lazy = lazily(
      async () =>
        ({ name }: { readonly name: string }) =>
          createElement('b', null, name),
    );
    expect(renderToString(createElement(Lazy, { name: 'x' }))).toBe('');
    await Lazy.preload();
    expect(renderToString(createElement(Lazy, { name: 'x' }))).toBe('<b>x</b>');
  });

  it('loads once, and again after a failure', async () => {
    let loads = 0;
    const Lazy = lazily(async () => {
      loads += 1;
      if (loads === 1) throw new Error('offline');
      return () => null;
    });
    await expect(Lazy.preload()).rejects.toThrow('offline');
    await Promise.all([Lazy.preload(), Lazy.preload()]);
    expect(loads).toBe(2);
  });
});
