// Times of the server in the zone and language of the browser.

const SHORT = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };

/** Rewrite `time[data-local]` and give `time[data-local-title]` a tooltip, inside `root`. */
export function localise(root) {
  const words = new Intl.DateTimeFormat(undefined, SHORT);
  const when = (each) => words.format(new Date(each.dateTime));
  for (const each of root.querySelectorAll("time[data-local]")) each.textContent = when(each);
  for (const each of root.querySelectorAll("time[data-local-title]")) each.title = when(each);
}
