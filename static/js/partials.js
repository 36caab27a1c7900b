// Parts of the page drawn anew by the server. Each part has its own source element that is never swapped: htmx keeps
// one request per source and drops what a removed one had queued.

const SOURCES = {
  "#_video_card": "[aria-labelledby=video-heading]",
  "#_job_panel": "#panel-visual",
  "#_video_grid": "#_video_picker .dialog-body",
};

/** Replace the element `target` by the answer of `url`, or by the part of it that has the same id. */
export function drawAgain(target, url, { part = false } = {}) {
  const select = part ? target : undefined;
  return htmx.ajax("GET", url, { source: SOURCES[target], target, swap: "outerHTML", select });
}
