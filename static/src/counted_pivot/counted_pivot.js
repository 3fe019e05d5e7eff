/* A number of a table opens the rows that it counts: those whose measure is 1, not all of its group. */
import { registry } from "@web/core/registry";
import { pivotView } from "@web/views/pivot/pivot_view";
import { PivotRenderer } from "@web/views/pivot/pivot_renderer";

export class CountedPivotRenderer extends PivotRenderer {
    onOpenView(cell, newWindow) {
        this.openedMeasure = cell.measure;
        super.onOpenView(cell, newWindow);
    }

    openView(domain, ...args) {
        const field = this.model.metaData.fields[this.openedMeasure];
        const counted = field && field.type === "integer" ? [[this.openedMeasure, "=", 1]] : [];
        super.openView([...domain, ...counted], ...args);
    }
}

registry.category("views").add("lbc_counted_pivot", {
    ...pivotView,
    Renderer: CountedPivotRenderer,
});
