import { describe, expect, it } from 'vitest';
import { Orphans } from './orphans.js';

describe('Orphans', () => {
  const holders = [['w', ['alive', 'dead']]] as const;
  const leased = new Set(['alive']);
  const dead = [{ workspaceId: 'w', gatewayId: 'dead' }];

  it('are those that stay without a lease for long enough', () => {
    const orphans = new Orphans(100);
    expect(orphans.find(holders, leased, 1_000)).toEqual([]);
    expect(orphans.find(holders, leased, 1_099)).toEqual([]);
    expect(orphans.find(holders, leased, 1_100)).toEqual(dead);
    expect(orphans.find([['w', ['alive']]], leased, 1_200)).toEqual([]);
  });

  it('are not those that had a lease in between, or held nothing', () => {
    const orphans = new Orphans(100);
    orphans.find(holders, leased, 1_000);
    orphans.find(holders, new Set(['alive', 'dead']), 1_050);
    expect(orphans.find(holders, leased, 1_100)).toEqual([]);
    orphans.find([], leased, 1_150);
    expect(orphans.find(holders, leased, 1_200)).toEqual([]);
    expect(orphans.find(holders, leased, 1_300)).toEqual(dead);
  });
});
