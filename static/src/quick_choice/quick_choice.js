import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * A selection that is answered with one key: 1 is the first choice, 2 the second; arrows go through
 * them, Delete clears. Made for rows of an editable list, where opening a menu costs four keys.
 */
export class QuickChoice extends Component {
    static template = "left_behind_children.QuickChoice";
    static props = { ...standardFieldProps };

    get choices() {
        return this.props.record.fields[this.props.name].selection;
    }

    get value() {
        return this.props.record.data[this.props.name];
    }

    get label() {
        return this.choices.find(([value]) => value === this.value)?.[1] || "";
    }

    get hint() {
        return this.choices.map(([, label], place) => `${place + 1} ${label}`).join(" ");
    }

    choose(value) {
        this.props.record.update({ [this.props.name]: value });
    }

    step(by) {
        const count = this.choices.length;
        const place = this.choices.findIndex(([value]) => value === this.value);
        const next = place < 0 ? (by > 0 ? 0 : count - 1) : (place + by + count) % count;
        this.choose(this.choices[next][0]);
    }

    onKeydown(ev) {
        const digit = /^(?:Digit|Numpad)([1-9])$/.exec(ev.code)?.[1] || /^[1-9]$/.exec(ev.key)?.[0];
        if (ev.ctrlKey || ev.altKey || ev.metaKey) {
            return;
        } else if (digit && this.choices[digit - 1]) {
            this.choose(this.choices[digit - 1][0]);
        } else if (["ArrowDown", " "].includes(ev.key)) {
            this.step(1);
        } else if (ev.key === "ArrowUp") {
            this.step(-1);
        } else if (["Delete", "Backspace"].includes(ev.key)) {
            this.choose(false);
        } else {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
    }
}

registry.category("fields").add("lbc_quick_choice", {
    component: QuickChoice,
    displayName: _t("Choice by One Key"),
    supportedTypes: ["selection"],
    isEmpty: (record, name) => record.data[name] === false,
});
