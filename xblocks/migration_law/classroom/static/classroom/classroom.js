/* Two jobs: start the scripts of blocks as the platform does, and notice when a text has been read to its end. */
(function () {
  "use strict";

  function token() {
    var found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    return found ? decodeURIComponent(found[1]) : "";
  }

  function runtime(element) {
    return {
      handlerUrl: function (part, name, suffix, query) {
        var at = (part && (part.dataset || (part[0] && part[0].dataset))) || element.dataset;
        return (at.handlers || element.dataset.handlers) + name + (suffix ? "/" + suffix : "") + (query ? "?" + query : "");
      },
      localResourceUrl: function () { throw new Error("not offered here"); },
      children: function () { return []; },
      childMap: function () { return undefined; },
      notify: function () {}
    };
  }

  function start(element) {
    var begin = window[element.dataset.init];
    if (typeof begin !== "function") { return; }
    var args = element.querySelector(":scope > .xblock_json_init_args");
    begin(runtime(element), element, args ? JSON.parse(args.textContent) : undefined);
  }

  function done(form) {
    var words = document.createElement("p");
    words.className = "quiet done";
    words.setAttribute("role", "status");
    words.textContent = "You have read this.";
    var button = form.querySelector("button");
    if (button === document.activeElement) { words.tabIndex = -1; }
    button.replaceWith(words);
    if (words.tabIndex === -1 && words.hasAttribute("tabindex")) { words.focus(); }
  }

  function record(form) {
    if (form.dataset.busy) { return; }
    form.dataset.busy = "yes";
    fetch(form.action, {
      method: "POST", credentials: "same-origin",
      headers: { "X-CSRFToken": token(), "X-Requested-With": "XMLHttpRequest" }
    }).then(function (answer) { if (answer.ok) { done(form); } delete form.dataset.busy; },
            function () { delete form.dataset.busy; });
  }

  function watch(form) {
    if (!form.querySelector("button") || !("IntersectionObserver" in window)) { return; }
    var timer;
    new IntersectionObserver(function (seen, observer) {
      clearTimeout(timer);
      if (!seen[seen.length - 1].isIntersecting) { return; }
      /* Somebody who only scrolls past has not read it. */
      timer = setTimeout(function () { observer.disconnect(); record(form); }, 3000);
    }).observe(form);
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll(".xblock[data-init]").forEach(start);
    document.querySelectorAll("form[data-read]").forEach(watch);
  });
})();
