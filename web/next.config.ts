import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are checked once, for all workspaces, by `npm run check`; a start need not wait for it.
  typescript: { ignoreBuildErrors: true },
  images: { unoptimized: true },
  devIndicators: false,
  headers: async () => [
    {
      source: '/sw.js',
      headers: [
        // Browsers look for a newer worker by themselves, and are to find it.
        { key: 'Cache-Control', value: 'no-cache' },
        { key: 'Service-Worker-Allowed', value: '/' },
        // It talks to this origin and loads no code.
        {
          key: 'Content-Security-Policy',
          value: "default-src 'none'; connect-src 'self'; script-src 'self'",
        },
      ],
    },
    { source: '/icons/:icon', headers: [{ key: 'Cache-Control', value: 'public, max-age=86400' }] },
  ],
};

export default config;
