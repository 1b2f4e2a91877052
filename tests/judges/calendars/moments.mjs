// ical.js's opinion of the calendars on standard input, one base64 a line: one JSON line each, moments in Unix seconds.

import { createInterface } from "node:readline";
import ICAL from "ical.js";

function opinion(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    const known = new ICAL.Timezone(zone);
    ICAL.TimezoneService.remove(known.tzid); // each calendar is to be read by what it explains itself
    ICAL.TimezoneService.register(zone);
  }
  const [first] = calendar.getAllSubcomponents("vevent");
  const event = new ICAL.Event(first);
  return {
    method: calendar.getFirstPropertyValue("method"),
    uid: event.uid,
    sequence: event.sequence,
    start: event.startDate.toUnixTime(),
    end: event.endDate.toUnixTime(),
    attendees: event.attendees.map((each) => [each.getFirstValue(), each.getParameter("cn") ?? ""]),
    summary: event.summary,
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(opinion(Buffer.from(line, "base64").toString("utf8"))));
}
