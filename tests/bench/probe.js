// Runs in the page before its own scripts and keeps what the bench reads: paints, long tasks, timers, frames.
(() => {
  const probe = { paint: 0, shift: 0, blocking: 0, timers: [], frames: 0, script: [], painted: [], data: 0, seeks: [] };
  window.probe = probe;
  const watch = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  watch("largest-contentful-paint", (entry) => (probe.paint = entry.startTime));
  watch("layout-shift", (entry) => entry.hadRecentInput || (probe.shift += entry.value));
  watch("longtask", (entry) => (probe.blocking += Math.max(0, entry.duration - 50)));

  for (const name of ["setTimeout", "setInterval"]) {
    const plain = window[name];
    window[name] = (run, delay = 0, ...more) => {
      probe.timers.push(delay);
      return plain(run, delay, ...more);
    };
  }
  const frame = window.requestAnimationFrame;
  probe.frame = () => new Promise((done) => frame(done));
  // what is behind a frame: the page is laid out and drawn, as when a wheel turns
  const { port1, port2 } = new MessageChannel();
  const rest = () =>
    new Promise((done) => {
      port1.onmessage = done;
      port2.postMessage(0);
    });
  window.requestAnimationFrame = (run) => {
    probe.frames += 1;
    return frame(run);
  };

  const { fetch } = window;
  window.fetch = async (...asked) => {
    const answer = await fetch(...asked);
    if (String(asked[0]).includes("visual.json")) probe.data = performance.now();
    return answer;
  };

  customElements.whenDefined("segment-timeline").then((timeline) => {
    const { paint } = timeline.prototype;
    timeline.prototype.paint = function () {
      const started = performance.now();
      paint.call(this);
      const ended = performance.now();
      probe.script.push(ended - started);
      probe.painted.push(ended);
    };
  });

  const time = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, "currentTime");
  Object.defineProperty(HTMLMediaElement.prototype, "currentTime", {
    ...time,
    set(value) {
      probe.seeks.push(performance.now());
      time.set.call(this, value);
    },
  });

  /** Turn the wheel over the timeline for some seconds: lengths of frames, our script in each, most buttons. */
  probe.turn = async (seconds, wheel) => {
    const timeline = document.querySelector("segment-timeline");
    const area = timeline.querySelector("[data-area]");
    const box = area.getBoundingClientRect();
    const frames = [];
    const scripts = [];
    let buttons = 0;
    let before = await probe.frame();
    const until = before + seconds * 1000;
    while (before < until) {
      await rest();
      const share = 1 - (until - before) / (seconds * 1000);
      const back = share > 0.5 ? -1 : 1;
      const started = performance.now();
      const [deltaX, deltaY] = wheel === "zoom" ? [0, -25 * back] : [40 * back, 0];
      const place = { clientX: box.left + box.width * 0.4, clientY: box.top + box.height / 2 };
      probe.script.length = 0;
      area.dispatchEvent(new WheelEvent("wheel", { deltaX, deltaY, ctrlKey: wheel === "zoom", bubbles: true, cancelable: true, ...place }));
      const asked = performance.now() - started;
      const now = await probe.frame();
      frames.push(now - before);
      scripts.push(asked + probe.script.reduce((sum, each) => sum + each, 0));
      buttons = Math.max(buttons, timeline.querySelectorAll("[role=option]").length);
      before = now;
    }
    return { frames, scripts, buttons };
  };

  /** Milliseconds from `act` until `seen` is true at the end of a frame. */
  probe.until = async (act, seen) => {
    const started = performance.now();
    act();
    while (!seen()) await probe.frame();
    await probe.frame();
    return performance.now() - started;
  };

  /** Milliseconds from each event `type` on `from` to the next change inside `to`. */
  probe.delays = (from, type, to, changed) => {
    const delays = [];
    let pressed = 0;
    from.addEventListener(type, (event) => (pressed = event.timeStamp), { capture: true });
    const heard = () => {
      const differs = changed();
      if (!pressed || !differs) return;
      delays.push(performance.now() - pressed);
      pressed = 0;
    };
    if (to instanceof Node) new MutationObserver(heard).observe(to, { childList: true, characterData: true, subtree: true });
    else {
      const ask = () => {
        heard();
        frame(ask);
      };
      frame(ask);
    }
    return delays;
  };

  /** Press twenty blocks one after another: until the panel shows each, and until the player is told. */
  probe.select = async () => {
    const shown = [];
    const sought = [];
    const counter = document.querySelector("[data-facts-counter]");
    const place = ({ lane, index }) => `segment-timeline [role=option][data-lane="${lane}"][data-index="${index}"]`;
    const places = [...document.querySelectorAll("segment-timeline [role=option]")].slice(1, 21).map(({ dataset }) => place(dataset));
    for (const each of places) {
      const option = document.querySelector(each);
      const before = counter.textContent;
      if (!option) continue;
      probe.seeks.length = 0;
      const started = performance.now();
      shown.push(await probe.until(() => option.click(), () => counter.textContent !== before));
      sought.push(probe.seeks[0] - started);
    }
    return { shown, sought };
  };

  /** Follow both sides of the Builder: lists that fill with delays. */
  probe.builder = () => {
    const area = document.querySelector("#_definition_modal [data-part=description]");
    const editor = document.querySelector("#_definition_modal .cm-content");
    let before = area.value;
    const changed = () => {
      const differs = area.value !== before;
      before = area.value;
      return differs;
    };
    return { inText: probe.delays(area, "keydown", editor, () => true), inForm: probe.delays(editor, "keydown", null, changed) };
  };

  /** Open the JSON tab: from the answer, read and parsed after that, to the first paint; then scroll for a second. */
  probe.json = async () => {
    let data = 0;
    const { json } = Response.prototype;
    Response.prototype.json = function () {
      data = performance.now();
      return json.call(this);
    };
    const box = document.querySelector("[data-json-text]");
    await probe.until(() => document.getElementById("tab-json").click(), () => box.textContent.length > 1000);
    const taken = performance.now() - data;
    const frames = [];
    let before = await probe.frame();
    for (let n = 0; n < 60; n += 1) {
      box.scrollTop += 200;
      const now = await probe.frame();
      frames.push(now - before);
      before = now;
    }
    return { taken, frames };
  };

  /** Keep in `probe.told` when the panel comes to a state. */
  probe.await = (wanted) => {
    const look = () => {
      if (document.getElementById("_job_panel").dataset.state === wanted) probe.told ??= Date.now();
    };
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, attributes: true });
  };
})();
