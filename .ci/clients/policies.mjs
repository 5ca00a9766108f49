// What Google's CSP Evaluator finds in content security policies, one an argument: a line of severity, directive, value and
// words for each finding. The lower the number, the worse.
import evaluator from 'csp_evaluator/dist/evaluator.js';
import parser from 'csp_evaluator/dist/parser.js';

for (const policy of process.argv.slice(2)) {
  for (const { severity, directive, value, description } of new evaluator.CspEvaluator(new parser.CspParser(policy).csp).evaluate()) {
    console.log([severity, directive, value ?? '', description].join(' | '));
  }
}
