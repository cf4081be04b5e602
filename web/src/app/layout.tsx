import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import type { ReactElement, ReactNode } from 'react';
import { InlineScript } from '@/components/inline-script';
import { themeScript } from '@/lib/theme/theme-script';
import './globals.css';
import { Providers } from './providers';

export const metadata: Metadata = {
  title: { default: 'Doclight', template: '%s · Doclight' },
  description: 'See, live, who is reading and who is editing what.',
  // The manifest links itself. iOS takes its icon and the name of an installed app from these.
  icons: { icon: '/icon.svg', apple: '/icons/apple-touch-icon.png' },
  appleWebApp: { capable: true, title: 'Doclight', statusBarStyle: 'default' },
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fafafa' },
    { media: '(prefers-color-scheme: dark)', color: '#0d0d10' },
  ],
};

/** The document around every page. Reading the headers makes all pages dynamic, as the nonce needs. */
export default async function RootLayout({
  children,
}: {
  readonly children: ReactNode;
}): Promise<ReactElement> {
  const nonce = (await headers()).get('x-nonce') ?? '';
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        <InlineScript code={themeScript} nonce={nonce} />
      </head>
      <body>
        <div className="app-root">
          <Providers>{children}</Providers>
        </div>
      </body>
    </html>
  );
}
