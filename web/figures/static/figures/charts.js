// Draws each table of figures as a chart. The table stays the source: without this script the page says the same.
import {
  BarController, BarElement, CategoryScale, Chart, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip
} from "./vendor/chart.js";

Chart.register(
  BarController, BarElement, CategoryScale, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip
);

const style = getComputedStyle(document.documentElement);
const colour = (name) => style.getPropertyValue(`--${name}`).trim();
const SERIES = ["chart-1", "chart-2", "chart-3", "chart-4", "chart-5", "chart-6", "chart-7"];
const DASHES = [[], [6, 3], [2, 3], [8, 3, 2, 3]]; // a line is told apart by more than its colour

// "2026-11-01" as "Nov 1"; anything else stays.
function asDay(text) {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return text;
  const day = new Date(`${text}T12:00:00Z`);
  return day.toLocaleDateString("en-CA", { month: "short", day: "numeric", timeZone: "UTC" });
}

function read(table, unit) {
  const [head, ...rows] = [...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent));
  const columns = head.map((name, place) => ({ name, values: rows.map((row) => row[place]) }));
  const [labels, ...numbers] = columns;
  labels.values = labels.values.map(asDay);
  const shown = unit ? numbers.filter(({ name }) => name.endsWith(`, ${unit}`)) : numbers;
  return {
    labels: labels.values,
    series: shown.map(({ name, values }) => ({ name, values: values.map((one) => (one === "–" ? null : Number(one))) }))
  };
}

function dataset({ name, values }, place, kind, levels) {
  const own = colour(levels[place] ? `level-${levels[place]}` : SERIES[place % SERIES.length]);
  const line = { borderWidth: 2, borderDash: DASHES[place % DASHES.length], pointRadius: values.length > 40 ? 0 : 3 };
  return { label: name, data: values, backgroundColor: own, borderColor: own, ...(kind === "line" ? line : {}) };
}

function options(kind, unit, many) {
  const scale = { stacked: kind === "stacked", grid: { color: colour("line") }, ticks: { color: colour("soft") } };
  const counts = { ...scale, beginAtZero: true, ticks: { ...scale.ticks, precision: unit ? undefined : 0 } };
  return {
    animation: false,
    maintainAspectRatio: false,
    indexAxis: kind === "sideways" ? "y" : "x",
    interaction: { mode: "index", intersect: false, axis: kind === "sideways" ? "y" : "x" },
    plugins: { legend: { display: many, labels: { color: colour("ink"), boxWidth: 14 } } },
    scales: kind === "sideways" ? { x: counts, y: { ...scale, ticks: { ...scale.ticks, autoSkip: false } } } : { x: scale, y: counts }
  };
}

function draw(box) {
  const { chart: kind, unit, levels, table } = box.dataset;
  const { labels, series } = read(document.getElementById(table), unit);
  const canvas = document.createElement("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", `Chart of the table ${document.getElementById(table.slice(6)).textContent}`);
  box.append(canvas);
  box.hidden = false;
  if (kind === "sideways") box.classList.add(labels.length > 8 ? "tall" : "middle");
  const names = levels.split(" ").filter(Boolean);
  new Chart(canvas, {
    type: kind === "line" ? "line" : "bar",
    data: { labels, datasets: series.map((one, place) => dataset(one, place, kind, names)) },
    options: options(kind, unit, series.length > 1)
  });
}

for (const box of document.querySelectorAll("[data-chart]:not([data-chart=''])")) draw(box);
