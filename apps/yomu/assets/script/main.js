// Everything that runs in a page. Each part looks for what it works on and is quiet where there is nothing of the kind;
// all of it also works without this file, by links and forms.

import "./live.js";
import "./keep.js";
import "./keys.js";
import "./swipe.js";
import "./scrolled.js";
import "./entry.js";
import "./highlight.js";
import "./position.js";
import "./player.js";
import "./lightbox.js";
import "./footnotes.js";
import "./reading.js";
import "./import.js";
import { begin } from "./pane.js";

// Last, when everybody listens to what is shown.
begin();
