import { describe, expect, it } from 'vitest';
import { ValueEcho } from './value-echo';

describe('the echo of a value', () => {
  it('tells only real edits', () => {
    const echo = new ValueEcho('a');
    expect(echo.send('a')).toBe(false);
    expect(echo.send('ab')).toBe(true);
    expect(echo.current).toBe('ab');
  });

  it('takes its own values back, late and with some left out', () => {
    const echo = new ValueEcho('');
    echo.send('a');
    echo.send('ab');
    echo.send('abc');
    expect(echo.receive('ab')).toBe(false);
    expect(echo.current).toBe('abc');
    expect(echo.receive('abc')).toBe(false);
  });

  it('shows what somebody else has put in', () => {
    const echo = new ValueEcho('a');
    echo.send('ab');
    expect(echo.receive('a')).toBe(true);
    expect(echo.current).toBe('a');
    echo.send('b');
    expect(echo.receive('b')).toBe(false);
    expect(echo.receive('z')).toBe(true);
  });
});
