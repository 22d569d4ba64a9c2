import DefaultTheme from 'vitepress/theme';
import './style.css';

export default {
  extends: DefaultTheme,
  enhanceApp() {
    // Elements of their own are known to browsers alone; the pages are also rendered where there is none.
    if (!import.meta.env.SSR) import('./terminal-cast.mjs');
  },
};
