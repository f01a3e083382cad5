/** Turns the assistant's text into nodes: **bold**, "- " lists, phone numbers that can be tapped, links. */
import { h } from "./dom.js";

const KEYPAD = "22233344455566677778889999"; // the digit for A, B, C ... Z
const PHONE = String.raw`(?<![\d.-])(?:911|9-1-1|8-1-1|811|9-8-8|988|7-1-1|(?:1-)?\d{3}-\d{3}-\d{4}|1-800-SUICIDE)(?![\d-])`;
const LINK = String.raw`https:\/\/[^\s)]+[^\s).,;]`;
const MARKS = new RegExp(String.raw`\*\*(.+?)\*\*|(${PHONE})|(${LINK})`, "g");

/** The tel: address of a number as people write it ("8-1-1", "1-800-SUICIDE"). */
export function telephone(number) {
  const digits = number.replace(/[A-Z]/g, (letter) => KEYPAD[letter.charCodeAt(0) - 65]).replace(/\D/g, "");
  return `tel:${digits.slice(0, 11)}`;
}

/** Where a button leads by itself: its own address, or the number in a title like "Call 8-1-1"; null for an answer. */
export function link({ title, href }) {
  const number = new RegExp(`^Call\\b.*?(${PHONE})`, "i").exec(title)?.[1];
  return href ?? (number ? telephone(number) : null);
}

function inline(text) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(MARKS)) {
    const [whole, bold, phone, link] = match;
    if (match.index > end) nodes.push(text.slice(end, match.index));
    if (bold) nodes.push(h("strong", {}, ...inline(bold)));
    else if (phone) nodes.push(h("a", { href: telephone(phone) }, phone));
    else nodes.push(outside(link, link));
    end = match.index + whole.length;
  }
  if (end < text.length) nodes.push(text.slice(end));
  return nodes;
}

/** A link that leaves the page in a new tab and tells the other site nothing. */
export function outside(url, title) {
  return h("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, title);
}

/** Paragraphs and lists for one message. */
export function format(text) {
  const blocks = [];
  for (const line of text.split("\n").map((one) => one.trim()).filter(Boolean)) {
    const item = /^[-*•]\s+(.*)/.exec(line);
    if (!item) blocks.push(h("p", {}, ...inline(line)));
    else {
      if (blocks.at(-1)?.tagName !== "UL") blocks.push(h("ul"));
      blocks.at(-1).append(h("li", {}, ...inline(item[1])));
    }
  }
  return blocks;
}
