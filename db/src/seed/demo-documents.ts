interface DemoDocument {
  /** E-mail of a demo account. */
  readonly author: string;
  readonly title: string;
  readonly abstract: string;
  readonly text: string;
}

const leela = 'leela@doclight.test';
const fry = 'fry@doclight.test';

/** What the demo workspace holds, the oldest first. */
export const demoDocuments: readonly DemoDocument[] = [
  {
    author: leela,
    title: 'Welcome to Doclight',
    abstract:
      'Every document here carries a light: **green** when nobody is in it, **yellow** when someone reads, **red** when someone edits.',
    text: `## Try it

- [ ] Open this page in a second browser, signed in as somebody else
- [ ] Watch the label change when the other one opens or edits a document
- [ ] Save there, and see the text change here by itself

## What the lights say

| Light | Label | Meaning |
| --- | --- | --- |
| Green | Free | Nobody is in the document |
| Yellow | Reading | Somebody is reading it |
| Red | Editing | Somebody is editing it, and you see who |

Two tabs of one person count once, and closing one of them changes nothing.
`,
  },
  {
    author: fry,
    title: 'Delivery checklist',
    abstract: 'What to do before, during and after each delivery.',
    text: `## Before

1. Read the address twice
2. Check the weight against the papers
3. Fuel for the way out **and** the way back

## On the way

- Keep the parcel dry
- Never open it, not even a little

## After

- [x] Signature on the form
- [ ] Form in the folder
- [ ] Expenses to accounting
`,
  },
  {
    author: leela,
    title: 'Budget 2027',
    abstract: 'First draft of next year’s figures; comments until the end of the month.',
    text: `## Income

| Quarter | Deliveries | Revenue |
| ---: | ---: | ---: |
| 1 | 41 | 820,000 |
| 2 | 39 | 780,000 |
| 3 | 44 | 880,000 |
| 4 | 52 | 1,040,000 |

## Spending

Fuel is the largest part, *repairs* the one that surprises us.

> A repair that is planned costs a third of one that is not.
`,
  },
  {
    author: fry,
    title: 'Ship manual',
    abstract: 'Starting, steering and stopping, in the order in which one needs them.',
    text: `## Starting

Press the green button, then wait for the second tone.

\`\`\`sh
ship preflight --all
ship start --engine main
\`\`\`

## Steering

The left lever is speed, the right one is direction. They are **not** labelled.

## Stopping

Begin early. See [Delivery checklist](/) for the landing papers.
`,
  },
  {
    author: leela,
    title: 'Safety rules',
    abstract: 'Short, because then people read them.',
    text: `1. The person at the helm decides.
2. Suits are checked by two people.
3. Nobody leaves the ship alone.
   - Not for a moment
   - Not for a sandwich
4. Say it when something looks wrong. Nobody was ever blamed for a false alarm.
`,
  },
  {
    author: leela,
    title: 'Onboarding',
    abstract: 'The first week of a new colleague, day by day.',
    text: `## Monday

Meet everyone, get a key, find the coffee.

## Tuesday to Thursday

Ride along on a delivery and write down every question.

## Friday

Go through the questions together. What we could not answer becomes a document here.
`,
  },
  {
    author: fry,
    title: 'Meeting notes',
    abstract: 'Newest on top.',
    text: `## Monday

- The new route saves *two hours*
- ~~Buy a second ship~~ Repair the first one
- Budget: see **Budget 2027**, comments until Friday

## The week before

- Onboarding goes to one page
- Lunch is at noon again
`,
  },
];
