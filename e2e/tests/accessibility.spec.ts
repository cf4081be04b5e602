import { BENDER, FRY } from '../support/accounts.js';
import { openApi } from '../support/api.js';
import { forgetDrafts } from '../support/drafts.js';
import { openEditor, typeAtEnd } from '../support/editor.js';
import { expectGoodLook } from '../support/look.js';
import { invite } from '../support/people.js';
import type { Stage } from '../support/surface.js';
import { openSurfaces, surfaces } from '../support/surfaces.js';
import { expect, test } from '../support/test.js';

const TEXT = `## A heading

A paragraph with **bold**, *italic*, \`code\` and [a link](https://example.test).

- [x] done
- [ ] to do

| Quarter | Deliveries | Revenue |
| ---: | ---: | ---: |
| 1 | 41 | 820,000 |

\`\`\`sh
ship start --engine main --with a-very-long-argument-that-does-not-fit-on-any-narrow-screen
\`\`\`

> Said once.
`;

/** So many are looked at in one test: its people come and go with it. */
const AT_ONCE = 9;

test.describe('every page, dialog and menu passes axe in both themes, and fits on 360 pixels', () => {
  for (let first = 0; first < surfaces.length; first += AT_ONCE) {
    const some = surfaces.slice(first, first + AT_ONCE);
    test(`for who is signed in: ${some[0]?.name} to ${some.at(-1)?.name}`, async ({
      leela,
      fry,
      enter,
      product,
      write,
    }) => {
      test.setTimeout(240_000);
      const abstract =
        'What everybody should know, in two lines that are long enough to be cut off at some point.';
      const busy = await write({ title: 'A document with people in it', abstract, text: TEXT });
      const quiet = await write({ title: 'A quiet document', abstract, text: TEXT });
      const read = await write({ title: 'A document that is read', abstract, text: TEXT });
      const bender = await enter(BENDER);
      await openEditor(fry, busy.slug);
      await typeAtEnd(fry, 'Unsaved.');
      await bender.goto(`/documents/${read.slug}`);
      await expect(bender.getByRole('heading', { name: read.title })).toBeVisible();
      const apiOfFry = await openApi(product, FRY);
      let saves = 0;
      const stage: Stage = {
        busy: busy.slug,
        quiet: quiet.slug,
        saveByOther: async () => {
          saves += 1;
          await apiOfFry.save(await apiOfFry.read(quiet.id), { text: `Saved ${saves} times.\n\n${TEXT}` });
        },
      };
      for (const surface of some) {
        await test.step(surface.name, async () => {
          // Each begins anew: nothing that another one chose or typed is left.
          const page = await leela.context().newPage();
          const open = (): Promise<void> => surface.open(page, stage);
          await open();
          await expectGoodLook(page, surface.name, surface.fleeting && open);
          await forgetDrafts(page);
          await page.evaluate(() => localStorage.removeItem('doclight:dashboard'));
          await page.close();
        });
      }
    });
  }

  test('for who is not', async ({ page, api }) => {
    for (const surface of openSurfaces)
      await test.step(surface.name, async () => {
        await surface.open(page, { busy: '', quiet: '', saveByOther: () => Promise.resolve() });
        await expectGoodLook(page, surface.name);
      });
    await page.goto(new URL(await invite(api, 'editor')).pathname);
    await expect(page.getByRole('button', { name: 'Create account and join' })).toBeVisible();
    await expectGoodLook(page, 'invitation');
  });
});
