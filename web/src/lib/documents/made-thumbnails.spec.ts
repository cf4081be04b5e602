import { describe, expect, it } from 'vitest';
import { madeThumbnails, rememberThumbnails } from './made-thumbnails';

describe('rememberThumbnails', () => {
  it('keeps the newest, and not more than it may', () => {
    const thumbnails = [{ url: '/api/images/x/thumbnails/480', width: 480 }];
    for (let index = 0; index < 600; index += 1)
      rememberThumbnails({ documentId: 'd', workspaceId: 'w', imageUrl: `/api/images/${index}`, thumbnails });
    expect(madeThumbnails.get().size).toBe(500);
    expect(madeThumbnails.get().get('/api/images/599')).toBe(thumbnails);
    expect(madeThumbnails.get().has('/api/images/99')).toBe(false);
  });
});
