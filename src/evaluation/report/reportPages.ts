/** The HTML reports, in a bundle of their own: the plots' library is large, and reading it would delay every other command. */
export { chooseKPage } from './chooseKPage';
export { evaluationPage } from './evaluationPage';
