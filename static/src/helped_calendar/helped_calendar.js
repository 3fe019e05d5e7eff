/* A calendar that says what would stand in it while it is empty, with the help of its action, as lists do. */
import { registry } from "@web/core/registry";
import { CalendarController } from "@web/views/calendar/calendar_controller";
import { calendarView } from "@web/views/calendar/calendar_view";

export class HelpedCalendarController extends CalendarController {
    static template = "left_behind_children.HelpedCalendar";

    get help() {
        const empty = !Object.keys(this.model.records).length;
        return empty && this.props.info.noContentHelp;
    }
}

registry.category("views").add("lbc_helped_calendar", {
    ...calendarView,
    Controller: HelpedCalendarController,
});
