// html-validate's opinion of a page: {"html": …, "rules": {…}} in, {"errors": […]} out, one JSON line each.
import { createInterface } from 'node:readline'
import { HtmlValidate } from 'html-validate'

for await (const line of createInterface({ input: process.stdin })) {
  const { html, rules } = JSON.parse(line)
  const judge = new HtmlValidate({ extends: ['html-validate:recommended'], rules })
  const report = await judge.validateString(html)
  const errors = report.results.flatMap(result => result.messages.map(m => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`))
  process.stdout.write(JSON.stringify({ errors }) + '\n')
}
