// Who may import whom: the table in ARCHITECTURE.md as rules. Each comment is what a person reads when a rule is broken.

/** @typedef {import('dependency-cruiser').IForbiddenRuleType} Rule */

/** Tests, their fakes, and the folders of tests that need a project of their own. */
const TEST = '[.](test|fake)[.]tsx?$|/integration/';

/**
 * The installed files of these packages, wherever pnpm keeps them.
 * @param {string[]} names
 */
const installed = (...names) => `node_modules/(${names.map((name) => name.replaceAll('/', '\\/')).join('|')})/`;

/**
 * Nothing from inside or outside the workspace but what is listed; Node's own modules are a matter of each rule.
 * @param {{ name: string; comment: string; from: string; allowed: string[]; allowNode?: boolean }} rule
 * @returns {Rule}
 */
const only = ({ name, comment, from, allowed, allowNode = false }) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: TEST },
  to: { pathNot: allowed, ...(allowNode ? { dependencyTypesNot: ['core'] } : {}) },
});

/**
 * Never, not even for a type.
 * @param {{ name: string; comment: string; from: string; fromNot?: string[]; to: string }} rule
 * @returns {Rule}
 */
const never = ({ name, comment, from, fromNot = [], to }) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: fromNot },
  to: { path: to },
});

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment:
        'Two files that need each other are one concept cut in the wrong place: move the shared part below both.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment:
        'No such file, or the package is not in this package.json (pnpm links nothing else), or it does not export that path.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-development-package-at-run-time',
      comment: 'What runs in production may not need a devDependency: move it to dependencies, or the code to a test.',
      severity: 'error',
      from: { path: '^(packages|apps)/[^/]+/src/', pathNot: TEST },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '^packages/' },
    },
    {
      name: 'packages-by-name',
      comment: 'Another package is imported by its name, never by a relative path: its exports are its interface.',
      severity: 'error',
      from: { path: '^((packages|apps)/[^/]+|e2e|bench)/' },
      to: {
        path: '^(packages|apps|e2e|bench)/',
        pathNot: '^$1/',
        dependencyTypes: ['local'],
        dependencyTypesNot: ['npm', 'npm-dev', 'aliased-workspace'],
      },
    },
    never({
      name: 'nothing-imports-tests',
      comment: 'A test is the end of the line. What several tests need is a .fake.ts or a package of its own.',
      from: '',
      to: '[.]test[.]tsx?$',
    }),
    never({
      name: 'fakes-only-for-tests',
      comment: 'Fakes are for tests; a package offers them to others by its ./testing export.',
      from: '^(packages|apps)/[^/]+/src/',
      fromNot: [TEST, '/src/testing[.]ts$'],
      to: '[.]fake[.]tsx?$|/src/testing[.]ts$',
    }),

    only({
      name: 'domain-imports-nothing',
      comment: 'The domain is words and rules: no package, no I/O, not even Node. It must run anywhere.',
      from: '^packages/domain/src/',
      allowed: ['^packages/domain/src/'],
    }),
    only({
      name: 'contracts-import-domain-and-zod',
      comment: 'Contracts run in the browser and in the BFF: domain words and zod, nothing else.',
      from: '^packages/contracts/src/',
      allowed: ['^packages/(contracts|domain)/src/', installed('zod')],
    }),
    only({
      name: 'genesys-knows-only-the-domain',
      comment: 'The adapter turns the platform into domain words; it knows neither the browser wire nor who uses it.',
      from: '^packages/genesys/src/',
      allowed: [
        '^packages/(genesys|domain)/src/',
        installed('axios', 'cockatiel', 'ws', '@types/ws', 'zod', 'purecloud-platform-client-v2'),
      ],
      allowNode: true,
    }),
    {
      name: 'genesys-sdk-only-as-types',
      comment:
        'The official SDK checks our schemas at compile time; at run time it costs 55 MB and is a global singleton.',
      severity: 'error',
      from: { path: '^packages/genesys/src/', pathNot: TEST },
      to: { path: installed('purecloud-platform-client-v2'), dependencyTypesNot: ['type-only'] },
    },
    only({
      name: 'store-knows-only-the-domain',
      comment: 'The store keeps domain words in SQL; it knows neither the platform nor the browser nor who uses it.',
      from: '^packages/store/src/',
      allowed: [
        '^packages/(store|domain)/src/',
        installed('@electric-sql/pglite', 'kysely', 'pg', '@types/pg', 'pg-boss'),
      ],
      allowNode: true,
    }),
    only({
      name: 'simulator-knows-only-the-platform',
      comment:
        'The simulator is a witness of its own: it may share the wire schemas with the adapter, never its logic.',
      from: '^packages/genesys-simulator/src/',
      allowed: [
        '^packages/genesys-simulator/src/',
        '^packages/genesys/src/wire/',
        installed('fastify', '@fastify/websocket', 'ws', '@types/ws', 'zod'),
      ],
      allowNode: true,
    }),
    never({
      name: 'simulator-only-for-tests',
      comment: 'The simulator is never shipped inside the product: only tests, e2e and bench import it.',
      from: '^(packages/(?!genesys-simulator/)[^/]+|apps/[^/]+)/',
      fromNot: [TEST],
      to: '^packages/genesys-simulator/',
    }),

    {
      name: 'bff-adapters-are-arguments',
      comment:
        'The adapter itself is seen by main, compose, config and ingest, and by those who tell its errors apart; the rest takes it as an argument, by its type.',
      severity: 'error',
      from: {
        path: '^apps/bff/src/',
        pathNot: [
          TEST,
          '^apps/bff/src/(main|compose|access|[a-z-]+-of)[.]ts$',
          '^apps/bff/src/(automation|config|ingest|presence-change|recording|sessions)/',
          '^apps/bff/src/plugins/(errors|platform-problem)[.]ts$',
        ],
      },
      to: { path: '^packages/genesys/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'bff-store-is-an-argument',
      comment:
        'The store is opened by main, compose and the command that verifies the audit; recording, the presence change, webhooks and the plugins for errors and outages also know its errors. The rest takes it as an argument, by its type.',
      severity: 'error',
      from: {
        path: '^apps/bff/src/',
        pathNot: [
          TEST,
          '^apps/bff/src/(main|compose|[a-z-]+-of|audit-verify)[.]ts$',
          '^apps/bff/src/(automation|config|presence-change|recording|sessions|webhooks)/',
          '^apps/bff/src/plugins/(errors|store-outage)[.]ts$',
        ],
      },
      to: { path: '^packages/store/', dependencyTypesNot: ['type-only'] },
    },
    never({
      name: 'bff-and-web-meet-in-contracts',
      comment: 'The BFF knows nothing of the web application but the folder it serves.',
      from: '^apps/bff/',
      to: '^apps/web/',
    }),
    never({
      name: 'bff-live-looks-down-only',
      comment: 'Ingest feeds live, live serves sessions: the board and its hub know nothing of ingest or features.',
      from: '^apps/bff/src/live/',
      to: '^apps/bff/src/(ingest|features)/',
    }),

    never({
      name: 'web-sees-no-adapter',
      comment: 'The browser talks to the BFF by contracts and never sees the platform, its adapter or the simulator.',
      from: '^apps/web/',
      to: '^(packages/(genesys|genesys-simulator|store)|apps/bff)/',
    }),
    {
      name: 'web-sees-no-node',
      comment: 'Node modules do not exist in a browser.',
      severity: 'error',
      from: { path: '^apps/web/src/', pathNot: TEST },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'web-features-are-islands',
      comment: 'A feature never imports another feature; pages in app/ put features together.',
      severity: 'error',
      from: { path: '^apps/web/src/features/([^/]+)/' },
      to: { path: '^apps/web/src/features/', pathNot: '^apps/web/src/features/$1/' },
    },
    never({
      name: 'web-features-below-app',
      comment: 'app/ composes features, so a feature does not know app/.',
      from: '^apps/web/src/features/',
      to: '^apps/web/src/(app/|main[.]tsx)',
    }),
    never({
      name: 'web-live-and-lib-below-features',
      comment: 'The live connection and lib know no screen.',
      from: '^apps/web/src/(live|lib)/',
      to: '^apps/web/src/(app|features|ui)/',
    }),
    never({
      name: 'web-look-is-paint',
      comment: 'look/ is the palette, the words and the glyphs: it knows domain words, but no data and no screen.',
      from: '^apps/web/src/look/',
      to: '^apps/web/src/(app|features|live|ui)/',
    }),
    never({
      name: 'web-lib-below-live',
      comment: 'lib is the ground floor of the web application.',
      from: '^apps/web/src/lib/',
      to: '^apps/web/src/live/',
    }),
    only({
      name: 'web-ui-knows-no-domain',
      comment: 'ui/ draws: React and the component library, no domain words, no data.',
      from: '^apps/web/src/ui/',
      allowed: [
        '^apps/web/src/ui/',
        installed('react', 'react-dom', '@types/react', '@types/react-dom', '@mantine/[^/]+'),
      ],
    }),

    only({
      name: 'e2e-is-a-visitor',
      comment: 'End-to-end tests touch public addresses and the simulator, like a person with a browser.',
      from: '^e2e/',
      allowed: [
        '^e2e/',
        '^packages/genesys-simulator/src/',
        '^[.]config/',
        installed('@playwright/test', '@axe-core/playwright'),
      ],
      allowNode: true,
    }),
  ],
  options: {
    combinedDependencies: true, // test runners are declared once, at the root
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)[.]types/|^apps/[^/]+/dist/' },
    tsPreCompilationDeps: true, // a type import is an import too
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
