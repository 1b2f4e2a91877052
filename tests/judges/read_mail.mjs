// What another reader of mail makes of one: {"mail": base64} in, its headers and parts out, one JSON line each.
// postal-mime shares nothing with Python's `email`.
import { createInterface } from 'node:readline'
import PostalMime from 'postal-mime'

for await (const line of createInterface({ input: process.stdin })) {
  const raw = Buffer.from(JSON.parse(line).mail, 'base64')
  const mail = await PostalMime.parse(raw, { attachmentEncoding: 'utf8' })
  process.stdout.write(JSON.stringify({
    names: mail.headers.map(header => header.key),
    from: mail.from, to: mail.to, replyTo: mail.replyTo, subject: mail.subject, messageId: mail.messageId,
    text: mail.text, html: mail.html, cc: mail.cc ?? [], bcc: mail.bcc ?? [],
    headers: Object.fromEntries(mail.headers.map(header => [header.key, header.value])),
    attached: mail.attachments.map(part => ({ type: part.mimeType, method: part.method ?? '', name: part.filename ?? '', content: part.content }))
  }) + '\n')
}
