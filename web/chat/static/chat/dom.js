/** Builds elements without innerHTML: every word a visitor or a server wrote stays text. */

const SVG = "http://www.w3.org/2000/svg";

/** Make an element: attributes by name, `onclick` style listeners, children as nodes or text. */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child != null && child !== false));
  return node;
}

const PATHS = {
  chat: "M4 4h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H9l-5 4v-4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zm3 5v2h10V9zm0 4v2h7v-2z",
  close: "M18.3 4.3 12 10.6 5.7 4.3 4.3 5.7l6.3 6.3-6.3 6.3 1.4 1.4 6.3-6.3 6.3 6.3 1.4-1.4-6.3-6.3 6.3-6.3z",
  send: "M3 4l19 8-19 8v-6l12-2-12-2z",
  emergency: "M7.9 2h8.2L22 7.9v8.2L16.1 22H7.9L2 16.1V7.9zM11 6v8h2V6zm0 10v2h2v-2z",
  urgent: "M12 2 1 21h22zm-1 7h2v6h-2zm0 7.5h2v2h-2z",
  soon: "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm-1 4h2v5.6l4 2.3-1 1.7-5-2.9z",
  routine: "M7 2v2H3v18h18V4h-4V2h-2v2H9V2zM5 10h14v10H5zm2 3v2h4v-2z",
  self_care: "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm-1.5 14.5-4-4 1.4-1.4 2.6 2.6 5.6-5.6 1.4 1.4z",
  phone: "M6.6 2 3 4c0 9.9 7.1 17 17 17l2-3.6-5-3.4-2.5 2C11.5 14.6 9.4 12.5 8 9.5l2-2.5z",
};

/** Draw one icon; the words beside it carry the meaning, so it is hidden from screen readers. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", width: 20, height: 20, "aria-hidden": "true" })) {
    svg.setAttribute(key, value);
  }
  path.setAttribute("d", PATHS[name] ?? PATHS.chat);
  path.setAttribute("fill-rule", "evenodd");
  svg.append(path);
  return svg;
}
