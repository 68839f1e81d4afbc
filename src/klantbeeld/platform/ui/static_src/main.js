import htmx from "htmx.org";
import { start as startPages } from "./js/pages.js";
import { start as startKeys } from "./js/keys.js";
import { start as startPalette } from "./js/palette.js";
import { start as startToasts } from "./js/toast.js";
import { start as startTheme } from "./js/theme.js";
import { start as startPopovers } from "./js/pop.js";
import { start as startChecks } from "./js/check.js";
import { start as startTouchPicking } from "./js/touch_picking.js";
import { start as startPickers } from "./js/picker.js";
import { start as startRecord } from "./js/record.js";
import { start as startLive } from "./js/live.js";
import { start as startCopying } from "./js/copy.js";
import { start as startLists } from "./js/lists.js";
import { start as startMentions } from "./js/mentions.js";
import { start as startCondition } from "./js/condition.js";
import { start as startFilter } from "./js/filter.js";
import { start as startCells } from "./js/cells.js";
import { start as startColumns } from "./js/columns.js";
import { start as startDragging } from "./js/drag.js";
import { start as startLayouts } from "./js/layouts.js";
import { drags as boardDrags, start as startBoard } from "./js/board.js";
import { drags as calendarDrags, start as startCalendar } from "./js/calendar.js";
import { start as startPasskeys } from "./js/passkeys.js";

Object.assign(htmx.config, {
  allowEval: false, // the Content-Security-Policy forbids it anyway
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyCacheSize: 0, // customers' data must not stay behind in the browser's storage
  historyRestoreAsHxRequest: false,
  scrollIntoViewOnBoost: false,
  defaultSwapDelay: 0,
  defaultSettleDelay: 0,
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "422", swap: true },
    { code: "[45]..", swap: false, error: true },
  ],
});

startTheme();
startPages();
startToasts();
startPopovers();
startChecks();
startTouchPicking();
startPalette();
startKeys();
startPickers();
startRecord();
startLive();
startCopying();
startLists();
startCondition();
startFilter();
startMentions();
startCells();
startColumns();
startLayouts();
startBoard();
startCalendar();
startDragging([boardDrags, calendarDrags]);
startPasskeys();
