// The SIP server of a console that has none behind it: registers the browser's telephone and rings it.

// 200 OK to a REGISTER, with what RFC 3261 10.3 wants back.
function accept(register) {
  const line = (name) => register.split("\r\n").find((one) => one.toLowerCase().startsWith(`${name.toLowerCase()}:`)) ?? "";
  return ["SIP/2.0 200 OK", line("Via"), line("From"), `${line("To")};tag=stand`, line("Call-ID"), line("CSeq"), line("Contact"), "Content-Length: 0", "", ""].join("\r\n");
}

function invite(contact, reference) {
  const body = ["v=0", "o=- 1 1 IN IP4 192.0.2.1", "s=-", "c=IN IP4 192.0.2.1", "t=0 0", "m=audio 9 RTP/AVP 8", ""].join("\r\n");
  return [
    `INVITE ${contact} SIP/2.0`, "Via: SIP/2.0/WSS stand.invalid;branch=z9hG4bKstand", "From: <sip:caller@stand.invalid>;tag=stand", `To: <${contact}>`, "Call-ID: stand",
    "CSeq: 1 INVITE", "Contact: <sip:caller@stand.invalid;transport=ws>", "Max-Forwards: 70", `X-Lintel-Call: ${reference}`, "Content-Type: application/sdp", `Content-Length: ${body.length}`, "", body,
  ].join("\r\n");
}

// Answers {lines, registered, ring(reference)} of one page: open connections, registrations so far, and a call to it.
export async function telephone(page) {
  const phone = { lines: 0, registered: 0, ring: () => { throw new Error("not registered"); } };
  await page.routeWebSocket(/\/sip$/, (socket) => {
    phone.lines++;
    socket.onClose(() => phone.lines--);
    socket.onMessage((message) => {
      const text = String(message);
      if (!text.startsWith("REGISTER")) return;
      phone.registered++;
      const contact = /^Contact:\s*<([^>]+)>/im.exec(text)?.[1] ?? "";
      phone.ring = (reference) => socket.send(invite(contact, reference));
      socket.send(accept(text));
    });
  });
  return phone;
}
