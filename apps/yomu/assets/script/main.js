// Everything that runs in a page. Each part looks for what it works on and is quiet where there is nothing of the kind;
// all of it also works without this file, by links and forms.

import "./live.js";
import "./list.js";
import "./entry.js";
