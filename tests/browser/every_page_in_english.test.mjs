// Every page in every state, in English.
import { everyPage } from '../support/every_page.mjs';

everyPage('en', 'en-GB');
