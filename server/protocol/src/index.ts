export * from './errors.js';
export * from './limits.js';
export * from './model.js';
export * from './presence-fold.js';
export * from './rest.js';
export * from './routes.js';
export * from './socket.js';
