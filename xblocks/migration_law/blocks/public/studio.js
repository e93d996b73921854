/* The editor in Studio: saves the form, and lists what is wrong without losing a word. */
function LawStudio(runtime, element) {
  "use strict";
  var root = element.querySelector ? element : element[0];
  var block = root.querySelector(".ml-studio"), problems = block.querySelector(".ml-problems");
  function value(name) { return block.querySelector("[name=" + name + "]").value; }
  function cookie(name) {
    var found = document.cookie.match(new RegExp("(?:^|; )" + name + "=([^;]*)"));
    return found ? decodeURIComponent(found[1]) : "";
  }
  function list(title, lines) {
    var items = document.createElement("ul");
    lines.forEach(function (line) {
      var item = document.createElement("li");
      item.textContent = line;
      items.appendChild(item);
    });
    problems.textContent = title;
    problems.appendChild(items);
  }
  block.querySelector(".save-button").addEventListener("click", function () {
    fetch(block.dataset.mlUrl, {
      method: "POST", credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRFToken": cookie("csrftoken") },
      body: JSON.stringify({ text: value("text"), display_name: value("display_name"), weight: value("weight") })
    }).then(function (response) { return response.json(); }).then(function (answer) {
      if (answer.error) { problems.textContent = answer.error; return; }
      if (answer.problems.length) { list(problems.dataset.mlSavedWords, answer.problems); return; }
      runtime.notify("save", { state: "end" });
    }).catch(function (error) { problems.textContent = String(error.message || error); });
  });
  block.querySelector(".cancel-button").addEventListener("click", function () { runtime.notify("cancel", {}); });
}
