/** Injects the `RedisLink`, or null where presence is in process. */
export const REDIS = Symbol('redis');
