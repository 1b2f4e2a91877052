// A real browser that does as it is told, one JSON line each: {"do": …} in, what there is to see out.
// Debian's Chromium, driven by playwright-core; pages are judged by axe-core.
import { createInterface } from 'node:readline'
import axe from 'axe-core'
import { chromium } from 'playwright-core'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--force-color-profile=srgb']
})
let context, page, foreign

const deeds = {
  async open ({ url, width = 360, height = 720, scheme = 'light', scripts = true, language = 'fr-FR' }) {
    await context?.close()
    context = await browser.newContext({
      viewport: { width, height }, colorScheme: scheme, javaScriptEnabled: scripts, locale: language, reducedMotion: 'reduce'
    })
    page = await context.newPage()
    foreign = []
    page.on('request', request => { if (new URL(request.url()).host !== new URL(url).host) foreign.push(request.url()) })
    const answer = await page.goto(url, { waitUntil: 'load' })
    return { status: answer.status(), ...await seen() }
  },
  async press ({ keys }) {
    for (const key of keys) await page.keyboard.press(key)
    return await seen()
  },
  async type ({ text }) {
    await page.keyboard.type(text)
    return await seen()
  },
  async click ({ name }) {
    await page.getByRole('button', { name }).click()
    return await seen()
  },
  async submit () {
    await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), page.keyboard.press('Enter')])
    return await seen()
  },
  async focus () {
    return await page.evaluate(() => {
      const at = document.activeElement
      const style = getComputedStyle(at)
      return { tag: at.tagName, text: at.innerText ?? '', name: at.getAttribute('name') ?? '', outline: style.outlineStyle + ' ' + style.outlineWidth }
    })
  },
  async judge () {
    await page.evaluate(axe.source)
    const found = await page.evaluate(rules => window.axe.run(document, { runOnly: rules }), RULES)
    return { violations: found.violations.map(v => `${v.id}: ${v.help}: ${v.nodes.map(n => n.html).join(' | ')}`), passes: found.passes.length }
  },
  async size () {
    return await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      window: window.innerWidth,
      small: [...document.querySelectorAll('button, input:not([type=hidden]), select, a')]
        .map(e => e.getBoundingClientRect()).filter(r => r.height < 44 || r.width < 44).length
    }))
  },
  async shoot ({ file }) {
    await page.screenshot({ path: file, fullPage: true })
    return {}
  }
}

async function seen () {
  const cookies = await context.cookies()
  return { title: await page.title(), text: await page.locator('main, body').first().innerText(), url: page.url(), foreign, cookies: cookies.length }
}

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line)
  let said
  try {
    said = await deeds[asked.do](asked)
  } catch (error) {
    said = { error: String(error) }
  }
  process.stdout.write(JSON.stringify(said) + '\n')
}
await browser.close()
