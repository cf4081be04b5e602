import { describe, expect, it } from 'vitest';
import { loginPath, safePath } from './safe-path';

describe('safePath', () => {
  it('keeps paths of this origin', () => {
    expect(safePath('/documents/a-1?x=1#top')).toBe('/documents/a-1?x=1#top');
    expect(safePath(null)).toBe('/');
  });

  it.each([
    'https://evil.test',
    '//evil.test',
    '/\\evil.test',
    'javascript:alert(1)',
    'documents',
    '/\t/evil.test',
  ])('refuses %s', (path) =>
    expect(new URL(safePath(path), 'http://doclight.test').origin).toBe('http://doclight.test'),
  );
});

describe('loginPath', () => {
  it('comes back', () => {
    expect(loginPath('/')).toBe('/login');
    expect(safePath(new URL(loginPath('/documents/a'), 'http://x').searchParams.get('next'))).toBe(
      '/documents/a',
    );
  });
});
