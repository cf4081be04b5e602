import { LEELA, PASSWORD } from '../support/accounts.js';
import { card, expectLight } from '../support/dashboard.js';
import { expectSaveState, field } from '../support/editor.js';
import { tabTo } from '../support/keyboard.js';
import { expect, test } from '../support/test.js';

test('the whole story can be done with the keyboard alone', async ({ page, fry, api, write }) => {
  const { slug } = await write({ title: 'By hand', text: 'Before.' });
  await fry.goto('/');
  const press = (key: string): Promise<void> => page.keyboard.press(key);

  await test.step('signing in', async () => {
    await page.goto('/login');
    await expect(page.getByLabel('Email', { exact: true })).toBeFocused();
    await page.keyboard.type(LEELA);
    await press('Tab');
    await page.keyboard.type(PASSWORD);
    await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeEnabled();
    await press('Enter');
    await expect(card(page, 'By hand')).toBeVisible();
  });

  await test.step('past the header, to a document', async () => {
    await tabTo(page, page.getByRole('link', { name: 'Skip to content' }));
    await press('Enter');
    await tabTo(page, page.getByRole('searchbox'));
    await page.keyboard.type('By hand');
    await expect(page.getByRole('article')).toHaveCount(1);
    await tabTo(page, card(page, 'By hand').getByRole('link', { name: 'Read', exact: true }));
    await press('Enter');
    await expect(page.getByText('Before.')).toBeVisible();
    await expectLight(card(fry, 'By hand'), 'read', 'Reading · Leela');
  });

  await test.step('editing and saving it', async () => {
    await tabTo(page, page.getByRole('link', { name: 'Edit', exact: true }));
    await press('Enter');
    await tabTo(page, field(page, 'Title'));
    await expectLight(card(fry, 'By hand'), 'edit', 'Editing · Leela');
    await tabTo(page, field(page, 'Text'));
    await press('Control+End');
    await page.keyboard.type('\nAfter.');
    await expectSaveState(page, 'unsaved');
    await press('Control+s');
    await expectSaveState(page, 'saved');
    expect((await api.read(slug)).text).toBe('Before.\n\nAfter.');
  });

  await test.step('formatting: one stop for all tools, the arrows inside; Escape leaves the text', async () => {
    await press('Escape');
    await press('Shift+Tab');
    const tools = page.getByRole('toolbar', { name: 'Formatting' }).last();
    await expect(tools.locator(':focus')).toHaveCount(1);
    await press('Home');
    await press('Enter');
    await expect(page.getByRole('menu')).toBeVisible();
    await press('Escape');
    await expect(page.getByRole('menu')).toHaveCount(0);
  });

  await test.step('leaving is asked about; the question keeps the focus and gives it back', async () => {
    await field(page, 'Title').focus();
    await page.keyboard.type('!');
    const back = page.getByRole('link', { name: 'Back', exact: true });
    await back.focus();
    await press('Enter');
    const question = page.getByRole('alertdialog');
    await expect(question).toBeVisible();
    for (const _ of Array.from({ length: 5 })) {
      await press('Tab');
      await expect(question.locator(':focus')).toHaveCount(1);
    }
    await press('Escape');
    await expect(question).toHaveCount(0);
    await expect(back).toBeFocused();
    await press('Control+s');
    await expectSaveState(page, 'saved');
  });

  await test.step('from anywhere to anywhere by the palette', async () => {
    await press('Control+k');
    await expect(page.getByRole('option').first()).toBeVisible();
    await page.keyboard.type('all documents');
    await press('Enter');
    await expect(page).toHaveURL(/\/$/);
  });

  await test.step('who is here, the menus and the end of the session', async () => {
    const who = page.getByRole('button', { name: 'Who is here' });
    await who.focus();
    await press('Enter');
    await expect(page.getByRole('dialog', { name: 'Who is here' })).toBeVisible();
    await press('Escape');
    await expect(who).toBeFocused();
    await tabTo(page, page.getByRole('button', { name: 'Theme' }));
    await press('Enter');
    await expect(page.getByRole('menu')).toBeVisible();
    await press('ArrowDown');
    await press('ArrowDown');
    await press('Enter');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await tabTo(page, page.getByRole('button', { name: 'Account' }));
    await press('Enter');
    await expect(page.getByRole('menu')).toBeVisible();
    await press('End');
    await press('Enter');
    await expect(page).toHaveURL(/\/login$/);
  });
});

test('the label of a card tells a keyboard who is there', async ({ leela, fry, write }) => {
  const { slug, title } = await write({ title: 'Told on focus' });
  await leela.goto('/');
  await fry.goto(`/documents/${slug}`);
  await expectLight(card(leela, title), 'read', 'Reading · Fry');
  await leela.getByRole('searchbox').focus();
  const label = card(leela, title).getByRole('button', { name: 'Reading · Fry' });
  await tabTo(leela, label);
  await expect(label).toHaveAccessibleDescription('Fry reading');
});
