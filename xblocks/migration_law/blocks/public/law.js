/* One script for all blocks: posts a form to its handler, puts the HTML that comes back in place, keeps the focus. */
(function () {
  "use strict";
  if (window.MigrationLaw) { return; }
  window.MigrationLaw = true;

  function cookie(name) {
    var found = document.cookie.match(new RegExp("(?:^|; )" + name + "=([^;]*)"));
    return found ? decodeURIComponent(found[1]) : "";
  }

  function cells(form) {
    return Array.from(new FormData(form)).filter(function (field) { return field[1] !== ""; });
  }

  function post(form, url, body) {
    var lost = form.closest(".ml-block").dataset.mlLost;
    return fetch(url, {
      method: "POST", credentials: "same-origin", body: JSON.stringify(body),
      headers: { "Content-Type": "application/json", "X-CSRFToken": cookie("csrftoken") }
    }).then(function (response) {
      return response.json().catch(function () { return {}; }).then(function (answer) {
        if (!response.ok) { throw new Error(answer.error || lost); }
        return answer;
      });
    }, function () { throw new Error(lost); });
  }

  function inTurn(form, step) {
    form.mlQueue = (form.mlQueue || Promise.resolve()).then(step);
    return form.mlQueue;
  }

  function place(part, block, answer) {
    part.innerHTML = answer.html;
    block.querySelector(".ml-live").textContent = answer.say;
    var target = part.querySelector("[data-ml-focus=now]") || part.querySelector("[data-ml-focus]");
    if (target) { target.focus(); }
  }

  function fail(near, message) {
    var slots = near.querySelectorAll(".ml-error"), slot = slots[slots.length - 1];
    slot.textContent = message;
    slot.hidden = !message;
  }

  function send(form, button) {
    if (form.mlBusy) { return; }
    form.mlBusy = true;
    var near = button && button.hasAttribute("data-ml-act") ? button.closest("[data-ml-part]") : form;
    var part = near.closest("[data-ml-part]"), block = form.closest(".ml-block");
    var url = button && button.getAttribute("data-ml-act") || form.getAttribute("action");
    var body = {
      question: (button && button.dataset.mlQuestion) || form.dataset.mlQuestion || null, stage: form.dataset.mlStage || null,
      sure: Boolean(button && button.hasAttribute("data-ml-sure")), fields: cells(form)
    };
    fail(near, "");
    inTurn(form, function () {
      return post(form, url, body).then(function (answer) { place(part, block, answer); }, function (error) {
        fail(near, error.message);
      }).then(function () { form.mlBusy = false; });
    });
  }

  document.addEventListener("submit", function (event) {
    if (!event.target.matches(".ml-block .ml-form")) { return; }
    event.preventDefault();
    send(event.target, event.submitter);
  });

  document.addEventListener("click", function (event) {
    var button = event.target.closest(".ml-block [data-ml-act]");
    if (button) { send(button.form, button); }
  });

  /* Enter on an option would hand in the whole. */
  document.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && event.target.matches(".ml-block form[data-ml-save] input")) { event.preventDefault(); }
  });

  document.addEventListener("change", function (event) {
    var form = event.target.closest(".ml-block form[data-ml-save]");
    if (!form) { return; }
    var note = form.querySelector("[data-ml-saved]");
    inTurn(form, function () {
      return post(form, form.dataset.mlSave, { fields: cells(form), stage: form.dataset.mlStage || null }).then(function (answer) {
        note.textContent = answer.say;
      }, function (error) { note.textContent = error.message; });
    });
  });
}());
