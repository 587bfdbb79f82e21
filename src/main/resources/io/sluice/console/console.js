"use strict";
// The dashboard. Asks /api/status every two seconds and shows the answer. Whatever comes from log
// files is hostile: it becomes text (textContent), never markup.
(() => {
  const POLL_MILLIS = 2000;
  const PATIENCE_MILLIS = 5000;
  const GONE_MILLIS = 5000;
  const SPAN_SECONDS = 15 * 60;
  const SHORTEST_SECONDS = 60;
  const MOST_POINTS = 450;
  const SERIES = ["time", "lines", "valid", "invalid", "delayMillis", "channelPercent"];
  const WORDS = {
    BELOW: "below the range",
    ABOVE: "above the range",
    GAP: "between two ranges",
    MISSING: "field missing",
    NOT_A_NUMBER: "not a number",
    NOT_AN_INTEGER: "not a whole number",
    UNPARSABLE: "unreadable format",
    TOO_LONG: "line too long",
    GAP_IN_FILE: "bytes lost in file",
  };
  const GRAVE = ["sink-refused", "sink-disconnected", "sink-stalled", "source-stuck", "lines-lost", "no-components"];

  const $ = (id) => document.getElementById(id);
  const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
  const tenth = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

  let past = emptyPast();
  let start = 0;
  let status = null;
  let lastAnswer = 0;
  let firstFailure = 0;
  let paused = false;
  let announced = "";
  let charts = [];

  function emptyPast() {
    return Object.fromEntries(SERIES.map((name) => [name, []]));
  }

  // ---- words and numbers ------------------------------------------------------------------------

  function count(n) {
    return Math.abs(n) < 10 && n % 1 !== 0 ? tenth.format(n) : whole.format(n);
  }

  function bytes(n) {
    const units = ["B", "kB", "MB", "GB", "TB"];
    let unit = 0;
    while (n >= 1000 && unit < units.length - 1) {
      n /= 1000;
      unit++;
    }
    return (unit === 0 ? whole : tenth).format(n) + "\u00a0" + units[unit];
  }

  function span(millis) {
    if (millis < 1000) return whole.format(millis) + "\u00a0ms";
    const seconds = millis / 1000;
    if (seconds < 60) return (seconds < 10 ? tenth : whole).format(seconds) + "\u00a0s";
    const minutes = Math.floor(seconds / 60);
    if (minutes < 60) return minutes + " min " + Math.floor(seconds % 60) + " s";
    const hours = Math.floor(minutes / 60);
    return hours < 48 ? hours + " h " + (minutes % 60) + " min" : Math.floor(hours / 24) + " days";
  }

  function percent(n) {
    return n > 99.9 && n < 100 ? "99.9\u00a0%" : (n % 1 === 0 ? whole : tenth).format(n) + "\u00a0%";
  }

  function clock(millis) {
    return new Date(millis).toLocaleTimeString("en-GB");
  }

  function plural(n, one, many) {
    return count(n) + " " + (n === 1 ? one : many);
  }

  // Characters that nobody can see, or that turn the writing around, become visible ones.
  function shown(text) {
    return Array.from(String(text), (c) => {
      const code = c.codePointAt(0);
      if (code < 0x20) return String.fromCodePoint(0x2400 + code);
      if (code === 0x7f) return "\u2421";
      return /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/u.test(c) ? "\\u{" + code.toString(16) + "}" : c;
    }).join("");
  }

  // ---- elements -----------------------------------------------------------------------------------

  function put(id, text) {
    const element = $(id);
    if (element.textContent !== text) element.textContent = text;
  }

  function make(tag, text, className) {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (className) element.className = className;
    return element;
  }

  // Builds anew only what has changed, so that a selection or a reader's place is not lost.
  function fill(element, key, build) {
    const text = JSON.stringify(key);
    if (element.dataset.key === text) return;
    element.dataset.key = text;
    element.replaceChildren(...build());
  }

  function step(id, state, text) {
    put(id, text);
    $(id).parentElement.dataset.state = state;
  }

  function link(state, text) {
    $("link").dataset.state = state;
    put("link", text);
  }

  // ---- the numbers --------------------------------------------------------------------------------

  function show() {
    const s = status;
    put("agent", s.agent.host + " · running for " + span(s.agent.uptimeMillis));
    document.title = (s.alarms.length ? "(" + s.alarms.length + ") " : "") + "Sluice · " + s.agent.host;
    put("versions", "Sluice " + s.agent.version + ", Flume " + s.agent.flume + ", heap " + bytes(s.agent.heapBytes) + " of " + bytes(s.agent.heapMaxBytes));
    showAlarms(s);
    const last = past.time.length - 1;
    const now = Object.fromEntries(SERIES.map((name) => [name, last < 0 ? 0 : past[name][last]]));
    const old = last < 0 ? 0 : s.time - past.time[last];
    if (old > 4 * s.intervalMillis) link("warn", "Numbers are " + span(old) + " old");
    showSources(s, now);
    showRules(s, now);
    showChannels(s);
    showSinks(s, now);
    showFiles(s);
    showInvalid(s);
    showCounts(s);
    showCharts(now);
  }

  function showAlarms(s) {
    const alarms = s.alarms.slice();
    for (const reason of s.reasons) {
      if (!alarms.some((alarm) => alarm.id === reason.id && alarm.component === reason.component)) alarms.unshift(reason);
    }
    $("calm").hidden = alarms.length > 0;
    put("calm", "All is well. Lines that come now get to Kafka.");
    fill($("alarms"), alarms, () =>
      alarms.map((alarm) => {
        const item = make("li");
        item.dataset.state = GRAVE.includes(alarm.id) ? "bad" : "warn";
        item.append(make("b", shown(alarm.component)), make("span", shown(alarm.text)),
          make("span", "What to do: operating.md, “" + alarm.id + "”", "id"));
        return item;
      }));
    const names = alarms.map((alarm) => alarm.component + ": " + alarm.id).join(", ");
    if (names !== announced) {
      put("announce", names ? plural(alarms.length, "alarm", "alarms") + ": " + names : "No alarms");
      announced = names;
    }
  }

  function showSources(s, now) {
    put("lines", count(now.lines));
    const lag = s.sources.reduce((sum, source) => sum + (source.lagBytes || 0), 0);
    const files = s.sources.reduce((sum, source) => sum + (source.trackedFileCount || 0), 0);
    const waiting = s.sources.some((source) => source.reading === false);
    if (!s.sources.length) step("files-state", "bad", "No source");
    else if (waiting) step("files-state", "warn", "Waiting for the sink");
    else if (now.lines > 0) step("files-state", "good", "Reading");
    else if (lag > 0 && s.alarms.some((alarm) => alarm.id === "channel-full")) step("files-state", "warn", "Waiting for the channel");
    else step("files-state", "good", lag > 0 ? "Waiting for a line end" : "Up to date");
    put("files-more", plural(files, "file", "files") + ", " + (lag ? bytes(lag) + " not read yet" : "nothing left to read"));
  }

  function showRules(s, now) {
    const judged = now.valid + now.invalid;
    const sum = (name) => s.validators.reduce((total, validator) => total + (validator[name] || 0), 0);
    const all = sum("validCount") + sum("invalidCount");
    put("ratio", judged ? percent((100 * now.valid) / judged) : all ? percent((100 * sum("validCount")) / all) : "–");
    if (!s.validators.length) step("rules-state", "wait", "No rules");
    else if (sum("alarm")) step("rules-state", "warn", "Too many invalid");
    else if (s.validators.some((validator) => validator.rulesFileRefused)) step("rules-state", "warn", "Rules file refused");
    else step("rules-state", "good", judged ? count(now.invalid) + " invalid/s" : "No lines now");
    put("rules-more", count(sum("invalidCount")) + " of " + count(all) + " lines invalid" + (judged || !all ? "" : " so far"));
  }

  function showChannels(s) {
    const fullest = s.channels.reduce((most, channel) => Math.max(most, channel.channelFillPercentage || 0), 0);
    const size = s.channels.reduce((sum, channel) => sum + (channel.channelSize || 0), 0);
    const capacity = s.channels.reduce((sum, channel) => sum + (channel.channelCapacity || 0), 0);
    put("fill", percent(Math.round(fullest * 10) / 10));
    if (!s.channels.length) step("channel-state", "bad", "No channel");
    else if (fullest >= 90) step("channel-state", "warn", "Full, the source waits");
    else step("channel-state", "good", size ? "Passing on" : "Empty");
    put("channel-more", count(size) + " of " + count(capacity) + " events");
  }

  function showSinks(s, now) {
    const ours = s.sinks.filter((sink) => "connected" in sink);
    const seen = ours.some((sink) => sink.delayCounts.some((n) => n > 0));
    const waiting = Math.max(0, ...ours.map((sink) => sink.inFlightMillis));
    const latest = Math.max(0, ...ours.map((sink) => sink.delayMillis));
    put("delay", seen || waiting ? span(now.delayMillis || Math.max(latest, waiting > 1000 ? waiting : 0)) : "–");
    const refused = ours.some((sink) => sink.refused);
    const down = ours.some((sink) => !sink.connected);
    const slow = Math.max(0, ...ours.map((sink) => sink.waitingMillis));
    if (!s.sinks.length) step("kafka-state", "bad", "No sink");
    else if (refused) step("kafka-state", "bad", "Gave up, see above");
    else if (down) step("kafka-state", "bad", "Not connected");
    else if (slow >= 10000) step("kafka-state", "bad", "No answer for " + span(slow));
    else if (slow >= 3000) step("kafka-state", "warn", "Slow, waiting " + span(slow));
    else step("kafka-state", "good", "Connected");
    const flight = ours.reduce((sum, sink) => sum + sink.inFlightEvents, 0);
    put("kafka-more", [...new Set(ours.map((sink) => sink.guarantee))].join(", ") + (flight && slow >= 3000 ? ", " + count(flight) + " events in flight" : ""));
    fill($("kafka"), ours.map((sink) => [sink.name, sink.servers, sink.topics, sink.transactionCommitCount, sink.transactionAbortCount, sink.retryCount, sink.lastError, sink.connected, sink.kafkaClient]), () =>
      ours.flatMap((sink) => {
        const facts = [
          ["Brokers", sink.servers],
          ["Client", sink.kafkaClient.split(" from ")[0]],
          ["Guarantee", sink.guarantee + (sink.deliveryId ? ", as " + sink.deliveryId : "")],
          ["Topics", Object.values(sink.topics).join(", ")],
        ];
        if (sink.guarantee === "exactly-once") {
          facts.push(["Transactions", count(sink.transactionCommitCount) + " committed, " + count(sink.transactionAbortCount) + " aborted"]);
        }
        facts.push(["Batches put back", count(sink.retryCount)]);
        facts.push(["Last trouble", sink.lastError || "none"]);
        return [make("h3", "Sink " + shown(sink.name)), list(facts)];
      }));
  }

  function list(facts) {
    const dl = make("dl");
    for (const [term, value] of facts) dl.append(make("dt", term), make("dd", shown(value)));
    return dl;
  }

  function pathParts(text) {
    const path = shown(text);
    const cut = path.lastIndexOf("/") + 1;
    return [make("span", path.slice(0, cut), "dir"), document.createTextNode(path.slice(cut))];
  }

  function showFiles(s) {
    const files = s.sources.flatMap((source) => source.files || []);
    $("files-empty").hidden = files.length > 0;
    fill($("files").tBodies[0], files.map((f) => [f.path, f.sizeBytes, f.positionBytes, f.lagBytes, Math.round(f.idleMillis / 5000)]), () =>
      files.map((file) => {
        const row = make("tr");
        const name = make("th");
        name.scope = "row";
        name.append(...pathParts(file.path));
        const delivered = make("td", bytes(file.positionBytes) + (file.sizeBytes > 0 ? ", " + percent(Math.floor((1000 * file.positionBytes) / file.sizeBytes) / 10) : ""));
        const bar = make("span", undefined, "bar");
        const inner = make("i");
        inner.style.width = (file.sizeBytes > 0 ? Math.min(100, (100 * file.positionBytes) / file.sizeBytes) : 100) + "%";
        bar.append(inner);
        bar.setAttribute("aria-hidden", "true");
        delivered.append(bar);
        row.append(name, make("td", bytes(file.sizeBytes), "num"), delivered, make("td", bytes(file.lagBytes), "num"),
          make("td", file.idleMillis < 5000 ? "now" : span(Math.round(file.idleMillis / 5000) * 5000) + " ago", "num"));
        return row;
      }));
  }

  function showInvalid(s) {
    const lines = s.validators.flatMap((validator) => validator.latestInvalid || []).sort((a, b) => b.timeMillis - a.timeMillis).slice(0, 50);
    $("invalid-empty").hidden = lines.length > 0;
    fill($("invalid").tBodies[0], lines, () =>
      lines.map((line) => {
        const row = make("tr");
        const reason = make("td");
        reason.append(make("span", WORDS[line.reason] || shown(line.reason), "tag"));
        const place = make("td", line.file ? undefined : "–");
        if (line.file) place.append(...pathParts(line.file), document.createTextNode(line.offset >= 0 ? ", " + count(line.offset) : ""));
        row.append(make("td", clock(line.timeMillis), "time"), make("td", shown(line.value) || "–", "value"), reason,
          make("td", shown(line.rule)), make("td", shown(line.range) || "–", "range"), place);
        return row;
      }));
  }

  function showCounts(s) {
    const sum = (kind, name) => s[kind].reduce((total, component) => total + (component[name] || 0), 0);
    const facts = [
      ["Lines read", count(sum("sources", "lineCount") || sum("sources", "eventAcceptedCount"))],
      ["Events delivered", count(sum("sinks", "eventDrainSuccessCount"))],
      ["Bytes delivered", bytes(sum("sinks", "bodyByteCount"))],
      ["Files rotated", count(sum("sources", "rotationCount"))],
      ["Files truncated", count(sum("sources", "truncationCount"))],
      ["Bytes lost unread", plural(sum("sources", "gapCount"), "time", "times")],
      ["Refused by Kafka", plural(sum("sinks", "undeliverableRecordCount"), "record", "records")],
      ["Rules changed", plural(sum("validators", "rulesReloadCount"), "time", "times")],
      ["Rules in force", [...new Set(s.validators.map((validator) => validator.rulesHash))].join(", ") || "none"],
    ];
    fill($("counts"), facts, () => [list(facts)]);
  }

  // ---- charts ---------------------------------------------------------------------------------------

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  }

  // A quarter of an hour, or what there is of it when the agent has just been started.
  function times(plot, low, high) {
    const end = high || Date.now() / 1000;
    return [Math.max(end - SPAN_SECONDS, Math.min(low || end, end - SHORTEST_SECONDS)), end];
  }

  function chart(id, names, colours, label, most) {
    const box = $(id);
    const axis = { stroke: colour("soft"), grid: { stroke: colour("line"), width: 1 }, ticks: { show: false }, font: "11px system-ui" };
    const plot = new uPlot({
      width: Math.max(160, box.clientWidth),
      height: box.clientHeight,
      legend: { show: false },
      cursor: { show: false },
      padding: [8, 18, 0, 0],
      scales: {
        x: { time: true, range: times },
        y: { range: (_, low, high) => [0, Math.max(high || 0, most) * 1.08] },
      },
      axes: [
        Object.assign({ size: 26, space: 90, values: (_, ticks, axisIndex, space, step) => ticks.map((t) => clock(t * 1000).slice(0, step < 60 ? 8 : 5)) }, axis),
        Object.assign({ size: 62, space: 34, values: (_, ticks) => ticks.map(label) }, axis),
      ],
      series: [{}].concat(names.map((_, i) => ({
        stroke: colour(colours[i]),
        width: 2,
        points: { show: false },
        fill: i === 0 ? colour(colours[i]) + "1f" : undefined,
      }))),
    }, [[], ...names.map(() => [])], box);
    return { box, plot, names };
  }

  function makeCharts() {
    charts.forEach(({ plot }) => plot.destroy());
    charts = [
      chart("chart-lines", ["lines", "valid", "invalid"], ["water", "valid", "invalid"], count, 10),
      chart("chart-delay", ["delayMillis"], ["water"], (n) => (n === null ? "" : span(n)), 20),
      chart("chart-fill", ["channelPercent"], ["water"], (n) => count(n) + " %", 10),
    ];
    drawCharts();
  }

  function drawCharts() {
    const seconds = past.time.map((t) => t / 1000);
    for (const { plot, names } of charts) plot.setData([seconds, ...names.map((name) => past[name])]);
  }

  function showCharts(now) {
    drawCharts();
    const most = (name) => past[name].reduce((a, b) => Math.max(a, b), 0);
    const say = (id, text) => $(id).setAttribute("aria-label", text);
    say("chart-lines", "Lines per second: now " + count(now.lines) + ", at most " + count(most("lines")) + "; valid " + count(now.valid) + ", invalid " + count(now.invalid));
    say("chart-delay", "Delay: now " + span(now.delayMillis) + ", at most " + span(most("delayMillis")));
    say("chart-fill", "Channel: now " + percent(now.channelPercent) + " full, at most " + percent(most("channelPercent")));
  }

  // ---- asking -----------------------------------------------------------------------------------------

  function remember(s) {
    if (s.agent.startMillis !== start) {
      past = emptyPast();
      start = s.agent.startMillis;
    }
    const known = past.time[past.time.length - 1] || 0;
    s.history.time.forEach((time, i) => {
      if (time > known) for (const name of SERIES) past[name].push(s.history[name][i]);
    });
    for (const name of SERIES) past[name] = past[name].slice(-MOST_POINTS);
  }

  async function ask() {
    const headers = {};
    const token = sessionStorage.getItem("token");
    if (token) headers.Authorization = "Bearer " + token;
    const since = past.time[past.time.length - 1] || 0;
    const answer = await fetch("/api/status?since=" + since, { headers, cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MILLIS) });
    if (answer.status === 401) {
      needToken(token !== null);
      return;
    }
    if (!answer.ok) throw new Error("status " + answer.status);
    const body = await answer.json();
    $("token").hidden = true;
    lastAnswer = Date.now();
    firstFailure = 0;
    status = body;
    remember(body);
    document.body.classList.remove("old");
    $("gone").hidden = true;
    link("good", "Live");
    show();
  }

  function needToken(wrong) {
    sessionStorage.removeItem("token");
    link("warn", "Token needed");
    if ($("token").hidden) {
      $("token").hidden = false;
      $("token-field").focus();
    }
    if (wrong) put("token-note", "That was not the token.");
  }

  function failed() {
    const now = Date.now();
    firstFailure = firstFailure || now;
    const silent = now - (lastAnswer || firstFailure);
    if (silent < GONE_MILLIS && lastAnswer) {
      link("warn", "No answer for " + span(silent));
      return;
    }
    link("bad", "Gone");
    document.body.classList.add("old");
    document.title = "Gone · Sluice";
    const text = lastAnswer
      ? "The agent is gone: no answer since " + clock(lastAnswer) + ". All numbers below are from then."
      : "The agent does not answer.";
    $("gone").hidden = false;
    put("gone", text);
  }

  async function loop() {
    if (!paused && !document.hidden) {
      try {
        await ask();
      } catch (error) {
        failed();
      }
    }
    setTimeout(loop, POLL_MILLIS);
  }

  $("pause").addEventListener("click", () => {
    paused = !paused;
    $("pause").setAttribute("aria-pressed", String(paused));
    link(paused ? "warn" : "wait", paused ? "Paused at " + clock(Date.now()) : "Connecting");
  });
  $("token").addEventListener("submit", (event) => {
    event.preventDefault();
    sessionStorage.setItem("token", $("token-field").value);
    $("token-field").value = "";
    ask().catch(failed);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", makeCharts);
  new ResizeObserver(() => charts.forEach(({ box, plot }) => plot.setSize({ width: Math.max(160, box.clientWidth), height: box.clientHeight }))).observe($("main"));
  makeCharts();
  loop();
})();
