// Puts the lists of class "mix" into the order of the day, so that nobody learns an option's place.
//
// Both sides of a card, and every device, must come to the same order, and nothing can be handed from one side
// to the other: not every Anki keeps a page, or lets it store anything. So the order follows from the day (as
// Anki counts it, from four in the morning) and the question's words. Letters are the list's own, and stay in
// order. Without a script the options stand as they were built.
(function () {
  var lists = document.querySelectorAll(".qg .mix");
  var stem = document.querySelector(".qg .stem");
  if (!lists.length || !stem) return;
  var seed = new Date(Date.now() - 4 * 3600000).toDateString() + stem.textContent;
  function rank(place) {
    var text = place + seed, hash = 2166136261;
    for (var i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
    return hash >>> 0;
  }
  Array.prototype.forEach.call(lists, function (list) {
    var entries = Array.prototype.slice.call(list.children);
    var ranked = entries.map(function (entry, place) { return [rank(place), entry]; });
    ranked.sort(function (one, other) { return one[0] - other[0]; });
    ranked.forEach(function (pair) { list.appendChild(pair[1]); });
    list.classList.remove("mix");
  });
})();
