/** Heights in pixels: fixed, so that rows can be virtualised and nothing moves when they load. */
export const CARD_HEIGHT = 244;
export const ROW_HEIGHT = 76;
/** On narrow screens a row has two lines. */
export const NARROW_ROW_HEIGHT = 124;
export const GAP = 16;
export const ROW_GAP = 8;
/** A card is at least this wide. */
export const CARD_WIDTH = 272;
/** Narrower than this, a list row folds. */
export const NARROW = 640;
