import { describe, expect, it } from 'vitest';
import { type DeviceState, healPlan } from './heal-plan';
import { type DeviceEnvironment, supportOf } from './support';

const marker = { userId: 'leela', deviceId: 'd', endpoint: 'https://push.test/1' };
const healthy: DeviceState = {
  userId: 'leela',
  choice: 'on',
  marker,
  subscribed: true,
  keyFits: true,
  known: true,
  signedIn: false,
};

describe('healPlan', () => {
  it('renews what is there, also after the session before has ended', () => {
    expect(healPlan(healthy)).toBe('renew');
    expect(healPlan({ ...healthy, known: false, signedIn: true })).toBe('renew');
    expect(healPlan({ ...healthy, choice: null, marker: null, known: false })).toBe('renew');
  });

  it('makes a new one where the browser has lost it, or the server has another key', () => {
    expect(healPlan({ ...healthy, subscribed: false, marker: null, known: false })).toBe('resubscribe');
    expect(healPlan({ ...healthy, keyFits: false })).toBe('resubscribe');
  });

  it('never brings one person’s notices to another', () => {
    expect(healPlan({ ...healthy, userId: 'fry', choice: null })).toBe('drop');
    expect(healPlan({ ...healthy, userId: 'fry', choice: 'on' })).toBe('resubscribe');
  });

  it('leaves off what was turned off here, or removed on another device', () => {
    expect(healPlan({ ...healthy, choice: 'off' })).toBe('drop');
    expect(healPlan({ ...healthy, choice: 'off', subscribed: false })).toBe('nothing');
    expect(healPlan({ ...healthy, known: false })).toBe('revoked');
    expect(healPlan({ ...healthy, choice: null, subscribed: false, marker: null })).toBe('nothing');
  });
});

describe('supportOf', () => {
  const able: DeviceEnvironment = {
    secure: true,
    serviceWorker: true,
    push: true,
    permission: 'default',
    ios: false,
    installed: false,
  };
  it('names the one thing that is in the way', () => {
    expect(supportOf(able)).toBe('ready');
    expect(supportOf({ ...able, permission: 'granted' })).toBe('ready');
    expect(supportOf({ ...able, permission: 'denied' })).toBe('denied');
    expect(supportOf({ ...able, secure: false, serviceWorker: false, permission: 'denied' })).toBe(
      'insecure',
    );
    expect(supportOf({ ...able, ios: true, push: false, permission: null })).toBe('ios-not-installed');
    expect(supportOf({ ...able, ios: true, installed: true })).toBe('ready');
    expect(supportOf({ ...able, push: false })).toBe('unsupported');
    expect(supportOf({ ...able, permission: null })).toBe('unsupported');
  });
});
