/* The plan by keyboard and by drag; without it the same buttons and links work alone. */
(() => {
  const table = document.getElementById("plan");
  if (!table) return;
  const form = table.closest("form");
  const rows = [...table.tBodies[0].rows];
  const door = (cell) => cell && (cell.querySelector("button") || cell.querySelector("a"));

  const at = (element) => {
    const cell = element.closest("td");
    return cell && { row: rows.indexOf(cell.parentNode), column: cell.cellIndex };
  };

  /* The next cell in this direction that holds something to press; above them all, the person who is picked. */
  const go = (from, down, right) => {
    let { row, column } = from;
    for (;;) {
      row += down;
      column += right;
      const cell = rows[row] && rows[row].cells[column];
      if (!cell && down < 0) return document.querySelector("#place select, #place button")?.focus();
      if (!cell || column < 1) return;
      const next = door(cell);
      if (next && cell.offsetParent) return next.focus();
    }
  };

  const ways = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  table.addEventListener("keydown", (event) => {
    const way = ways[event.key], from = at(event.target);
    if (!way || !from || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(from, ...way);
  });

  const list = document.getElementById("waiting");
  if (list) list.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step) return;
    const links = [...list.querySelectorAll("a")];
    const next = links[links.indexOf(event.target) + step];
    if (next) { event.preventDefault(); next.focus(); }
  });

  const picked = form.querySelector("[name=interview], [name=ref]");
  if (picked) {
    const first = table.querySelector("button[name=slot]") || table.querySelector("button");
    if (first && location.hash === "#place") requestAnimationFrame(() => first.focus());
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") location.assign(location.pathname);
    });
    return;
  }

  /* Drag a name onto a time: the first drop picks, the page then places, as two taps would. */
  let carried = null;
  document.addEventListener("dragstart", (event) => {
    const link = event.target.closest && event.target.closest("#waiting a, #plan td a");
    carried = link ? new URL(link.href).searchParams : null;
  });
  table.addEventListener("dragover", (event) => {
    if (carried && event.target.closest("td[data-slot]")) event.preventDefault();
  });
  table.addEventListener("drop", (event) => {
    const cell = event.target.closest("td[data-slot]");
    if (!cell || !carried) return;
    event.preventDefault();
    const from = carried.get("pick") && table.querySelector(`td[data-interview="${carried.get("pick")}"]`);
    const values = carried.get("add")
      ? { ref: carried.get("add"), slot: cell.dataset.slot }
      : cell.dataset.interview
        ? { interview: carried.get("pick"), other: `${cell.dataset.interview}:${cell.dataset.slot}` }
        : { interview: carried.get("pick"), slot: cell.dataset.slot };
    if (from) values.seen = from.dataset.slot;
    for (const [name, value] of Object.entries(values)) {
      const input = document.createElement("input");
      Object.assign(input, { type: "hidden", name, value });
      form.append(input);
    }
    form.submit();
  });
})();
