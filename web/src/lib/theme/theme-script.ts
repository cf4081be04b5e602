/** Where the chosen theme is kept in this browser. */
export const THEME_KEY = 'doclight:theme';

/**
 * Runs before the first paint, inline in the page's head: puts the theme on `<html>` so that nothing
 * flashes. Kept in step with `applyTheme`.
 */
export const themeScript: string = `(()=>{let c;try{c=localStorage.getItem('${THEME_KEY}')}catch{}
const d=c==='dark'||(c!=='light'&&matchMedia('(prefers-color-scheme: dark)').matches);
document.documentElement.dataset.theme=d?'dark':'light'})()`;
