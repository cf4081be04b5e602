/**
 * Which files an end of an import may be. Patterns are regular expressions over paths from the root;
 * `npm/NAME` stands for a package, `node/NAME` for a module of Node, `unresolved/AS_WRITTEN` for what is
 * not there. `$1` in a pattern of `to` is what the first group of `from.path` matched.
 * @typedef {object} End
 * @property {readonly string[]} [path] one must match; everything where left out
 * @property {readonly string[]} [pathNot] none may match
 */

/**
 * @typedef {object} Rule
 * @property {string} name
 * @property {string} comment what is wrong with the import, and so what to do instead
 * @property {End} from
 * @property {End} to
 */

/** Files that only a test run loads. */
const TESTS = ['\\.(spec|int-spec|contract)\\.tsx?$', '/testing/', '^server/bench/', '^e2e/'];
/** What lies under every feature of the server. */
const BASE = '(?:config|database|redis|common)';
/** What every feature of the server may use. */
const SHARED = '(?:config|database|redis|common|realtime|testing)';

/**
 * Which source may import which: one way through the house.
 * @type {readonly Rule[]}
 */
export const rules = [
  {
    name: 'no-unresolved',
    comment: 'An import that leads nowhere also escapes every other rule.',
    from: {},
    to: { path: ['^unresolved/'] },
  },
  {
    name: 'protocol-stands-alone',
    comment: 'The wire contract imports no other package of ours.',
    from: { path: ['^server/protocol/'] },
    to: { path: ['^(db|web|e2e|scripts)/', '^server/(?!protocol/)'] },
  },
  {
    name: 'db-stands-alone',
    comment: 'The database imports no other package of ours.',
    from: { path: ['^db/'] },
    to: { path: ['^(server|web|e2e|scripts)/'] },
  },
  {
    name: 'web-knows-protocol-only',
    comment: 'The web imports only the protocol of ours; all else reaches it over the wire.',
    from: { path: ['^web/'] },
    to: { path: ['^(db|e2e|scripts)/', '^server/(?!protocol/)'] },
  },
  {
    name: 'e2e-knows-protocol-only',
    comment: 'Browser tests see the product from outside: of ours they import the protocol and scripts/lib.',
    from: { path: ['^e2e/'] },
    to: { path: ['^(db|web)/', '^server/(?!protocol/)', '^scripts/(?!lib/)'] },
  },
  {
    name: 'server-knows-protocol-and-db-only',
    comment: 'The server imports the protocol and the database of ours.',
    from: { path: ['^server/src/'], pathNot: TESTS },
    to: { path: ['^(web|e2e|scripts)/'] },
  },
  {
    name: 'server-tests-start-servers-by-scripts',
    comment: 'Beside what the server may import, its tests may start Redis and the like with scripts/lib.',
    from: { path: ['^server/src/'] },
    to: { path: ['^(web|e2e)/', '^scripts/(?!lib/)'] },
  },
  {
    name: 'pure-stays-pure',
    comment:
      'presence/core and *.rules.ts import the protocol and each other: no framework, no input or output.',
    from: { path: ['^server/src/presence/core/', '\\.rules\\.ts$'], pathNot: TESTS },
    to: { pathNot: ['^server/src/presence/core/', '\\.rules\\.ts$', '^server/protocol/'] },
  },
  {
    name: 'entry-through-service',
    comment: 'A controller, gateway or listener asks a service; only that one goes to a repository or store.',
    from: { path: ['\\.(controller|gateway|listener)\\.ts$'] },
    to: { path: ['\\.(repository|store)\\.ts$'] },
  },
  {
    name: 'nothing-flows-back-up',
    comment: 'Services and repositories know nothing of controllers, gateways and listeners.',
    from: { path: ['\\.(service|repository|store)\\.ts$'] },
    to: { path: ['\\.(controller|gateway|listener)\\.ts$'] },
  },
  {
    name: 'repositories-know-no-service',
    comment: 'A repository or store holds the technology, and nothing above it.',
    from: { path: ['\\.(repository|store)\\.ts$'] },
    to: { path: ['\\.service\\.ts$'] },
  },
  {
    name: 'database-in-repositories',
    comment: 'Only repositories and the composition root touch the database; the rest asks a repository.',
    from: {
      path: ['^server/src/'],
      pathNot: [
        ...TESTS,
        '\\.(repository|module)\\.ts$',
        '^server/src/database/',
        '^server/src/(main|cli)\\.ts$',
      ],
    },
    to: { path: ['^db/', '^npm/(drizzle-orm|pg|@electric-sql/.+)$'] },
  },
  {
    name: 'sockets-in-realtime',
    comment: 'Socket.IO is known in realtime/ alone; features tell the broadcaster what to send.',
    from: { path: ['^server/src/'], pathNot: [...TESTS, '^server/src/realtime/'] },
    to: { path: ['^npm/(socket\\.io|@nestjs/platform-socket\\.io)$'] },
  },
  {
    name: 'features-through-service',
    comment:
      'A feature is used through its *.service.ts, *.module.ts, *.events.ts, *.guard.ts or *.decorator.ts; the rest is its own.',
    from: { path: ['^server/src/([^/]+)/'], pathNot: TESTS },
    to: {
      path: [`^server/src/(?!${SHARED}/)[^/]+/`],
      pathNot: ['^server/src/$1/', '\\.(service|module|events|guard|decorator)\\.ts$'],
    },
  },
  {
    name: 'base-knows-no-feature',
    comment: 'config, database, redis and common lie under every feature and import none.',
    from: { path: [`^server/src/${BASE}/`], pathNot: TESTS },
    to: { path: [`^server/src/(?!${BASE}/)`] },
  },
  {
    name: 'no-test-in-production',
    comment: 'Production code imports no test, test helper, contract suite or benchmark.',
    from: { path: ['^(db|server|web)/'], pathNot: TESTS },
    to: { path: TESTS },
  },
  {
    name: 'web-features-apart',
    comment: 'Features of the web never import each other: share through lib or components, compose in app.',
    from: { path: ['^web/src/features/([^/]+)/'] },
    to: { path: ['^web/src/features/'], pathNot: ['^web/src/features/$1/'] },
  },
  {
    name: 'web-flows-down',
    comment: 'app imports features, features import lib and components, never the other way.',
    from: { path: ['^web/src/(lib|components)/'] },
    to: { path: ['^web/src/(features|app)/'] },
  },
  {
    name: 'web-app-on-top',
    comment: 'Nothing imports from app: it only composes.',
    from: { path: ['^web/src/(?!app/)'] },
    to: { path: ['^web/src/app/'] },
  },
];
