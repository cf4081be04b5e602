import { card, openDashboard } from '../support/dashboard.js';
import { expectSaveState, field, openEditor, save, typeAtEnd } from '../support/editor.js';
import { expect, test } from '../support/test.js';

test('a new document is written, gets its address when saved, and stands on everybody’s dashboard', async ({
  leela,
  fry,
  api,
}) => {
  await openDashboard(leela);
  await openDashboard(fry);
  await leela.getByRole('button', { name: 'New document', exact: true }).click();
  await expect(field(leela, 'Text')).toBeVisible();
  await leela.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(leela.getByRole('alert').filter({ hasText: 'It needs a name first.' })).toBeVisible();
  await expect(field(leela, 'Title')).toBeFocused();

  await field(leela, 'Title').pressSequentially('Crew list');
  await field(leela, 'Abstract').click();
  await leela.keyboard.type('Who flies with us.');
  await field(leela, 'Text').click();
  await leela.keyboard.type('Everybody who is **awake**.');
  await save(leela);
  await expect(leela).toHaveURL(/\/documents\/crew-list-[^/]+\/edit$/);

  await expect(card(fry, 'Crew list')).toContainText('Who flies with us.');
  const slug = /documents\/([^/]+)\/edit/.exec(leela.url())?.[1] ?? '';
  const written = await api.read(slug);
  try {
    expect(written).toMatchObject({
      revision: 1,
      title: 'Crew list',
      abstract: 'Who flies with us.',
      text: 'Everybody who is **awake**.',
    });
    await typeAtEnd(leela, 'The captain is asleep.');
    await save(leela);
    expect(await api.read(slug)).toMatchObject({ id: written.id, revision: 2 });
  } finally {
    await api.remove(written.id);
  }
});

test('what is typed as Markdown looks as it will be read, and is stored as Markdown', async ({
  leela,
  api,
  write,
}) => {
  const document = await write({ title: 'Typed by hand' });
  await openEditor(leela, document.slug);
  const text = field(leela, 'Text');
  await text.click();
  await leela.keyboard.type('## Before take-off\n');
  await leela.keyboard.type('- fuel\nwater\n\n');
  await leela.keyboard.type('Ask **Fry** and `the computer`.');
  await expect(text.getByRole('heading', { name: 'Before take-off', level: 2 })).toBeVisible();
  await expect(text.getByRole('listitem')).toHaveText(['fuel', 'water']);
  await expect(text.locator('strong')).toHaveText('Fry');
  await save(leela);
  const markdown = '## Before take-off\n\n- fuel\n- water\n\nAsk **Fry** and `the computer`.';
  expect((await api.read(document.id)).text.trim()).toBe(markdown);

  await leela.getByRole('link', { name: 'Back', exact: true }).click();
  await expect(leela.getByRole('heading', { name: 'Before take-off', level: 2 })).toBeVisible();
  await expect(leela.getByRole('main').locator('strong')).toHaveText('Fry');
});

test('the toolbar, the slash menu and the source view write the same document', async ({
  leela,
  api,
  write,
}) => {
  const document = await write({ title: 'Three ways' });
  await openEditor(leela, document.slug);
  const text = field(leela, 'Text');
  const tools = leela.getByRole('toolbar', { name: 'Formatting' }).last();
  await text.click();
  await tools.getByRole('button', { name: 'Bold', exact: true }).click();
  await leela.keyboard.type('Bold');
  await tools.getByRole('button', { name: 'Bold', exact: true }).click();
  await leela.keyboard.type(' start.\n/quo');
  await expect(leela.getByRole('listbox', { name: 'Insert block' }).getByRole('option')).toHaveCount(1);
  await leela.keyboard.press('Enter');
  await leela.keyboard.type('Said by many.');
  await expect(text.locator('blockquote')).toHaveText('Said by many.');

  await tools.getByRole('button', { name: 'Markdown source' }).click();
  await expect(text).toHaveValue(/^\*\*Bold\*\* start\.\n\n> Said by many\.\n*$/);
  await text.press('Control+End');
  await leela.keyboard.type('\n\n1. as source');
  await tools.getByRole('button', { name: 'Markdown source' }).click();
  await expect(text.getByRole('listitem')).toHaveText(['as source']);
  await save(leela);
  expect((await api.read(document.id)).text).toMatch(
    /^\*\*Bold\*\* start\.\n\n> Said by many\.\n+1\. as source\n*$/,
  );
});

test('Ctrl+S saves; with nothing to save it makes no revision', async ({ leela, api, write }) => {
  const document = await write({ title: 'By key', text: 'One.' });
  await openEditor(leela, document.slug);
  await expectSaveState(leela, 'saved');
  await leela.keyboard.press('Control+s');
  await typeAtEnd(leela, 'Two.');
  await expectSaveState(leela, 'unsaved');
  await leela.keyboard.press('Control+s');
  await expectSaveState(leela, 'saved');
  expect(await api.read(document.id)).toMatchObject({ revision: 2, text: 'One.\n\nTwo.' });
});

test('unsaved changes show on the label of others', async ({ leela, fry, write }) => {
  const document = await write({ title: 'Half written' });
  await openDashboard(leela);
  await openEditor(fry, document.slug);
  const light = card(leela, 'Half written');
  await expect(light).toHaveAttribute('data-status', 'edit');
  await expect(light.getByTitle('Unsaved changes')).toHaveCount(0);
  await typeAtEnd(fry, 'More.');
  await expect(light.getByTitle('Unsaved changes')).toHaveCount(1);
  await light.locator('[data-presence-label]').hover();
  await expect(leela.getByText('editing, unsaved changes')).toBeVisible();
  await save(fry);
  await expect(light.getByTitle('Unsaved changes')).toHaveCount(0);
});
