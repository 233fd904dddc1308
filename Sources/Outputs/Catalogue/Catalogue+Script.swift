// SPDX-License-Identifier: Apache-2.0

extension Catalogue {
    /// Shows a field that filters rows, rules and cards by words; without it everything is simply shown.
    ///
    /// An outer part that matches by its own words, or holds a part that matches, stays.
    static let script = """
        "use strict";
        (() => {
          const box = document.getElementById("filter"), field = document.getElementById("filter-text");
          const count = document.getElementById("filter-count");
          const parts = [...document.querySelectorAll(".filtered")];
          const texts = parts.map((part) => part.textContent.toLowerCase());
          box.hidden = false;
          field.addEventListener("input", () => {
            const words = field.value.toLowerCase().split(/\\s+/).filter(Boolean);
            let shown = 0;
            parts.forEach((part, index) => {
              const isShown = words.every((word) => texts[index].includes(word));
              part.hidden = !isShown;
              if (isShown && part.tagName !== "ARTICLE") shown += 1;
            });
            count.textContent = words.length ? shown + " found" : "";
          });
          addEventListener("beforeprint", () => {
            document.querySelectorAll("details").forEach((part) => { part.open = true; });
          });
        })();
        """

    /// The digest under which the page's policy allows the script, and no other.
    ///
    /// Changes with the script: `BrowserTests` fails until it is right, and the browser's message names the right one.
    static let scriptDigest = "sha256-FMtTjIlCBWYEk+M6WXLpUhdr08PidoGAl6nLLQZi36U="
}
