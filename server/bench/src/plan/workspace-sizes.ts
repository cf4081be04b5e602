/**
 * How much workspaces differ in size: the standard deviation of the logarithm. Sizes of firms and of groups
 * are skewed like this; 1.25 makes the middle one of a mean of 100 people 46, and the largest of 10,000 some
 * 4,600. A Zipf distribution of exponent 1 would fit the largest ones as well, but its mean is that of its
 * largest member, and so says nothing at a smaller scale.
 * @see https://doi.org/10.1126/science.1062081 Zipf distribution of U.S. firm sizes
 */
const SIZE_SIGMA = 1.25;

/**
 * Sizes of workspaces, largest first: the quantiles of a log-normal distribution, so that a hundred have the
 * shape of ten thousand but for the far end. At least one person each.
 * @param people over all workspaces, about: sizes are whole numbers
 */
export function workspaceSizes(people: number, workspaces: number): number[] {
  const shares = sharesOf(workspaces);
  const sum = shares.reduce((a, b) => a + b, 0);
  return shares.map((share) => Math.max(1, Math.round((share / sum) * people)));
}

const known = new Map<number, readonly number[]>();

/** Sizes without a scale; kept, for a plan asks for the same ones again and again. */
function sharesOf(workspaces: number): readonly number[] {
  const shares =
    known.get(workspaces) ??
    Array.from({ length: workspaces }, (_, i) =>
      Math.exp(SIZE_SIGMA * normalQuantile(1 - (i + 0.5) / workspaces)),
    );
  known.set(workspaces, shares);
  return shares;
}

/**
 * On how many gateways a workspace's sockets come to lie where a load balancer throws dice, on average.
 * @see https://en.wikipedia.org/wiki/Coupon_collector%27s_problem
 */
export function gatewaysReached(sockets: number, gateways: number): number {
  return gateways * (1 - (1 - 1 / gateways) ** sockets);
}

/** The value below which a share of a standard normal distribution lies, by bisection: to eight digits. */
function normalQuantile(share: number): number {
  let [low, high] = [-8, 8];
  for (let i = 0; i < 60; i += 1) {
    const middle = (low + high) / 2;
    if (normalShare(middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** @see https://personal.math.ubc.ca/~cbm/aands/page_932.htm Abramowitz and Stegun, 26.2.17 */
function normalShare(x: number): number {
  if (x < 0) return 1 - normalShare(-x);
  const t = 1 / (1 + 0.2316419 * x);
  const terms = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429];
  const sum = terms.reduceRight((rest, term) => (rest + term) * t, 0);
  return 1 - (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * sum;
}
