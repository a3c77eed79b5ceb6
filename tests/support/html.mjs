// Whether a page is valid HTML and holds no inline script or style.
import assert from 'node:assert/strict';
import { HtmlValidate } from 'html-validate';

const validator = new HtmlValidate({
  extends: ['html-validate:standard', 'html-validate:a11y', 'html-validate:document'],
  rules: {
    // The template's own white space and the language's typography are no faults.
    'no-trailing-whitespace': 'off', 'long-title': 'off', 'tel-non-breaking': 'off',
    'no-inline-style': 'error', 'require-sri': 'off', 'no-implicit-button-type': 'off', 'doctype-style': 'off', 'void-style': 'off',
  },
});

/** Fails with what is wrong with an answer of the program. */
export async function checkHtml(answer) {
  assert.match(answer.headers.get('content-type'), /^text\/html; charset=utf-8/);
  const report = await validator.validateString(answer.text);
  const problems = report.results.flatMap(({ messages }) => messages.map(({ line, ruleId, message }) => `line ${line}: ${ruleId}: ${message}`));
  assert.deepEqual(problems, [], answer.text.split('\n').slice(0, 3).join('\n'));
  for (const script of answer.document.querySelectorAll('script')) assert.ok(script.getAttribute('src'), 'no inline script');
  assert.equal(answer.document.querySelectorAll('style, [style], [onclick], [onload], [onsubmit]').length, 0);
}
