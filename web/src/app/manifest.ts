import type { MetadataRoute } from 'next';

/** What makes Doclight an app that can be installed: on iPhone and iPad only those may notify. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    id: '/',
    name: 'Doclight',
    short_name: 'Doclight',
    description: 'See, live, who is reading and who is editing what.',
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: '#fafafa',
    theme_color: '#fafafa',
    icons: [
      { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
      { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
      { src: '/icons/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  };
}
