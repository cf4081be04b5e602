import type { Page } from '@playwright/test';
import { FRY, LEELA, PASSWORD } from '../support/accounts.js';
import { openDashboard } from '../support/dashboard.js';
import { crash, expectKept, keptDrafts, offers } from '../support/drafts.js';
import { expectSaveState, field, openEditor, save, typeAtEnd } from '../support/editor.js';
import { choose } from '../support/menu.js';
import { expect, test } from '../support/test.js';

const saveButton = (page: Page) => page.getByRole('button', { name: 'Save', exact: true });

/** Signs in where the page stands, as a person does who was sent there. */
async function signInHere(page: Page, email: string): Promise<void> {
  await page.getByLabel('Email', { exact: true }).fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

test('what was typed survives a crash of the tab, and is offered again', async ({ fry, api, write }) => {
  const document = await write({ title: 'Crashed', text: 'Before.' });
  await openEditor(fry, document.slug);
  await typeAtEnd(fry, 'Typed before the crash.');
  await expectKept(fry, ['Before.\n\nTyped before the crash.']);
  await crash(fry);

  const again = await fry.context().newPage();
  await openDashboard(again);
  await again.getByRole('listitem').filter({ hasText: 'unsaved changes' }).getByRole('link').click();
  await expect(field(again, 'Text')).toHaveText('Before.');
  await expect(offers(again)).toContainText(/You have unsaved changes from \d\d:\d\d/);
  await offers(again).getByRole('button', { name: 'See' }).click();
  await expect(again.getByRole('dialog').locator('ins')).toContainText(['Typed before the crash.']);
  await again.keyboard.press('Escape');
  await offers(again).getByRole('button', { name: 'Restore' }).click();
  await expect(field(again, 'Text')).toContainText('Typed before the crash.');
  await expect(offers(again)).toHaveCount(0);
  await save(again);
  expect((await api.read(document.id)).text).toBe('Before.\n\nTyped before the crash.');
  await expectKept(again, []);
});

test('tabs of one person keep a draft each; a discarded one can be had back', async ({ fry, write, api }) => {
  const document = await write({ title: 'Two tabs', text: 'First is here.\n\nLast is here.' });
  const second = await fry.context().newPage();
  await openEditor(fry, document.slug);
  await openEditor(second, document.slug);
  await typeAtEnd(fry, 'In the one tab.');
  await typeAtEnd(second, 'In the other tab.');
  await expectKept(fry, [/one tab\.$/, /other tab\.$/]);
  await expect(offers(fry)).toHaveCount(0);
  await fry.close();
  await second.close();

  const again = await fry.context().newPage();
  await openEditor(again, document.slug);
  await expect(offers(again)).toHaveCount(2);
  // Meanwhile somebody else saves: what is restored meets that, and is merged.
  await offers(again).first().getByRole('button', { name: 'Restore' }).click();
  await expect(field(again, 'Text')).toContainText('In the other tab.');
  await expect(offers(again)).toHaveCount(1);
  await offers(again).getByRole('button', { name: 'Discard' }).click();
  await expectKept(again, [/other tab\.$/]);
  await again.getByRole('button', { name: 'Undo', exact: true }).last().click();
  await expect(offers(again)).toHaveCount(1);
  await expectKept(again, [/one tab\.$/, /other tab\.$/]);
  await save(again);
  expect((await api.read(document.id)).text).toBe('First is here.\n\nLast is here.\n\nIn the other tab.');
  // What is left started from an older revision: it is merged, and asks where it touches.
  await offers(again).getByRole('button', { name: 'Restore' }).click();
  await expect(field(again, 'Text')).toContainText('In the one tab.');
  await saveButton(again).click();
  const panel = again.getByRole('region', { name: 'A newer revision' });
  await panel.getByRole('button', { name: 'Keep both' }).click();
  await panel.getByRole('button', { name: 'Save the merge' }).click();
  await expectSaveState(again, 'saved');
  const { text } = await api.read(document.id);
  expect(text).toBe('First is here.\n\nLast is here.\n\nIn the one tab.\n\nIn the other tab.');
  await expectKept(again, []);
});

test('a new document that was never saved is offered where new ones are written', async ({ fry }) => {
  await fry.goto('/documents/new/edit');
  await field(fry, 'Title').fill('Never saved');
  await field(fry, 'Text').click();
  await fry.keyboard.type('Some words.');
  await expectKept(fry, ['Some words.']);
  await fry.close();
  const again = await fry.context().newPage();
  await again.goto('/documents/new/edit');
  await expect(offers(again)).toContainText('Never saved');
  await offers(again).getByRole('button', { name: 'Restore' }).click();
  await expect(field(again, 'Title')).toHaveValue('Never saved');
  await expect(field(again, 'Text')).toHaveText('Some words.');
});

test('what was typed in a document that was deleted meanwhile can become a new one', async ({
  fry,
  api,
  write,
}) => {
  const document = await write({ title: 'Deleted meanwhile', text: 'Before.' });
  await openEditor(fry, document.slug);
  await typeAtEnd(fry, 'Typed in vain?');
  await expectKept(fry, [/in vain\?$/]);
  await fry.close();
  await api.remove(document.id);
  const again = await fry.context().newPage();
  await again.goto(`/documents/${document.slug}/edit`);
  await again.getByRole('button', { name: 'Keep them as a new document' }).click();
  await offers(again).getByRole('button', { name: 'Restore' }).click();
  await expect(field(again, 'Title')).toHaveValue('Deleted meanwhile');
  await expect(field(again, 'Text')).toContainText('Typed in vain?');
});

test('a save made offline waits, goes out on return, and is merged with what came in between', async ({
  fry,
  api,
  write,
}) => {
  const document = await write({ title: 'Offline', text: 'First is here.\n\nLast is here.' });
  await openEditor(fry, document.slug);
  await typeAtEnd(fry, 'Typed offline.');
  await fry.context().setOffline(true);
  await saveButton(fry).click();
  await expect(
    fry.getByRole('status').filter({ hasText: 'Offline: will be saved when the connection is back.' }),
  ).toBeVisible();
  await expectSaveState(fry, 'waiting');
  await api.save(document, { text: 'First was here.\n\nLast is here.' });
  await fry.context().setOffline(false);
  await expectSaveState(fry, 'saved');
  await expect(fry.getByText('Merged with Leela’s changes and saved.')).toBeVisible();
  const text = 'First was here.\n\nLast is here.\n\nTyped offline.';
  expect(await api.read(document.id)).toMatchObject({ revision: 3, text });
  await expect(field(fry, 'Text')).toContainText('First was here.');
  await expectKept(fry, []);
});

test('saves of tabs that ended offline go out when the app is opened again; what touches waits for its person', async ({
  fry,
  api,
  write,
}) => {
  const easy = await write({ title: 'Closed offline', text: 'First is here.\n\nLast is here.' });
  const hard = await write({ title: 'Closed and contested', text: 'One line.' });
  const second = await fry.context().newPage();
  await openEditor(fry, easy.slug);
  await openEditor(second, hard.slug);
  await typeAtEnd(fry, 'Typed offline.');
  await field(second, 'Text').getByText('One line.').dblclick();
  await second.keyboard.type('Fry');
  await fry.context().setOffline(true);
  for (const page of [fry, second]) {
    await saveButton(page).click();
    await expectSaveState(page, 'waiting');
  }
  await expect.poll(async () => (await keptDrafts(fry)).map(({ wanted }) => wanted)).toEqual([true, true]);
  // Closing them alone would end that they are offline a moment before they end.
  for (const page of [fry, second]) {
    await crash(page);
    await page.close();
  }
  await api.save(easy, { text: 'First was here.\n\nLast is here.' });
  const { text: theirs } = await api.save(hard, { text: 'Leela’s own words.' });
  await fry.context().setOffline(false);

  const again = await fry.context().newPage();
  await openDashboard(again);
  await expect(again.getByRole('listitem').filter({ hasText: 'Closed offline had waited' })).toContainText(
    'are saved now, merged with Leela’s',
  );
  expect((await api.read(easy.id)).text).toBe('First was here.\n\nLast is here.\n\nTyped offline.');
  await expect(again.getByRole('listitem').filter({ hasText: 'had waited, and need you' })).toContainText(
    'Closed and contested',
  );
  expect((await api.read(hard.id)).text).toBe(theirs);
  await expectKept(again, [/Fry/]);
});

test('a session that is over loses nothing: sign in, and it is there; nobody else sees it', async ({
  fry,
  api,
  write,
}) => {
  const document = await write({ title: 'Session over', text: 'Before.' });
  await openEditor(fry, document.slug);
  await typeAtEnd(fry, 'Typed by Fry.');
  await fry.context().clearCookies();
  await saveButton(fry).click();
  const notice = fry.getByRole('main').getByRole('alert').filter({ hasText: 'You are signed out.' });
  await expect(notice).toContainText('What you typed is kept in this browser');
  await expect(field(fry, 'Text')).toContainText('Typed by Fry.');
  await notice.getByRole('button', { name: 'Sign in' }).click();
  await expect(fry).toHaveURL(/\/login\?next=/);

  await test.step('the next person at this computer', async () => {
    await signInHere(fry, LEELA);
    await expect(field(fry, 'Text')).toHaveText('Before.');
    await typeAtEnd(fry, 'Typed by Leela.');
    await expectKept(fry, [/by Fry\.$/, /by Leela\.$/]);
    await expect(offers(fry)).toHaveCount(0);
    await choose(fry, fry.getByRole('button', { name: 'Account' }), 'Sign out');
    const question = fry.getByRole('dialog', { name: 'Sign out with unsaved changes?' });
    await expect(question).toContainText('One document has changes');
    await question.getByRole('button', { name: 'Delete them and sign out' }).click();
    await expect(fry).toHaveURL(/\/login$/);
    await expectKept(fry, [/by Fry\.$/]);
  });

  await fry.goto(`/login?next=/documents/${document.slug}/edit`);
  await signInHere(fry, FRY);
  await expect(offers(fry)).toHaveCount(1);
  await offers(fry).getByRole('button', { name: 'Restore' }).click();
  await save(fry);
  expect((await api.read(document.id)).text).toBe('Before.\n\nTyped by Fry.');
});
