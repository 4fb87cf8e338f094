// Betters what already works without it: names become tags, and a form is not sent twice.
"use strict";

for (const field of document.querySelectorAll("input[data-tags]")) tags(field);

for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 8000);
  });
}
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

/** Turn a comma-separated field into tags; what was typed goes in front of it, and all of it is sent under its name. */
function tags(field) {
  const box = document.createElement("div");
  const said = document.createElement("span");
  let names = [];
  box.className = "tags";
  said.className = "sr";
  said.setAttribute("role", "status");
  field.placeholder = field.dataset.tags;
  field.after(box, said);
  box.append(field);
  take();
  said.textContent = "";

  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && field.value.trim()) {
      event.preventDefault();
      take();
    } else if (event.key === "Backspace" && !field.value && names.length) {
      drop(names.length - 1);
    }
  });
  field.addEventListener("input", () => {
    const listed = field.list && [...field.list.options].some((option) => option.value === field.value);
    if (field.value.includes(",") || field.value.includes("\n") || listed) take();
  });
  field.addEventListener("blur", take);
  field.form.addEventListener("formdata", (event) => event.formData.set(field.name, all().join(", ")));
  field.form.addEventListener("submit", () => (field.value = all().join(", "))); // what "back" brings again
  box.addEventListener("click", (event) => {
    if (event.target === box) field.focus();
  });

  function all() {
    const every = split([...names, field.value].join(", "));
    return every.filter((name, at) => every.findIndex((one) => one.toLowerCase() === name.toLowerCase()) === at);
  }

  function take() {
    const typed = field.value.trim();
    if (!typed) return;
    names = all();
    field.value = "";
    said.textContent = typed + " added";
    draw();
  }

  function drop(index) {
    said.textContent = names[index] + " removed";
    names.splice(index, 1);
    draw();
    field.focus();
  }

  function draw() {
    for (const tag of box.querySelectorAll("span")) tag.remove();
    names.forEach((name, index) => {
      const tag = document.createElement("span");
      const remove = document.createElement("button");
      remove.type = "button";
      remove.textContent = "×";
      remove.setAttribute("aria-label", "Remove " + name);
      remove.addEventListener("click", () => drop(index));
      tag.append(name + " ", remove);
      field.before(tag);
    });
    field.placeholder = names.length ? "" : field.dataset.tags;
  }
}

/** At commas and new lines, but not before a legal suffix: "Acme, Inc." is one name. */
function split(text) {
  const suffix = /^(inc|incorporated|llc|llp|lp|ltd|limited|plc|corp|corporation|co|gmbh|ag|kg|se|sa|sas|sarl|srl|spa|bv|nv|ab|as|oy)\.?$/i;
  const names = [];
  for (const piece of text.split(/[,\n]/)) {
    const name = piece.trim();
    if (!name) continue;
    if (names.length && suffix.test(name)) names[names.length - 1] += ", " + name;
    else names.push(name);
  }
  return names;
}

for (const button of document.querySelectorAll("button[data-preview]")) preview(button);

/** Show beside the form what would fit, as soon as enough is chosen; without script the button does it. */
function preview(button) {
  const form = button.form;
  let waiting = 0;
  let asked = 0;
  ask();
  form.addEventListener("change", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 400);
  });

  async function ask() {
    const data = new FormData(form);
    if (!data.has("job_types") || !data.has("years_of_experience")) return;
    data.set("preview", "1");
    const mine = ++asked;
    const answer = await fetch(form.action, { method: "POST", body: data }).catch(() => null);
    if (!answer || !answer.ok || mine !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("preview");
    if (fresh) document.getElementById("preview").replaceChildren(...fresh.childNodes);
  }
}

for (const part of document.querySelectorAll("[data-refresh]")) refresh(part);

/** Read a part of the page anew every few seconds, until it says that it is done. */
function refresh(part) {
  setTimeout(async () => {
    const answer = await fetch(location.href).catch(() => null);
    if (!answer || !answer.ok) return refresh(part);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(part.id);
    if (!fresh) return;
    part.replaceChildren(...fresh.childNodes);
    if (fresh.dataset.refresh) refresh(part);
  }, part.dataset.refresh * 1000);
}
