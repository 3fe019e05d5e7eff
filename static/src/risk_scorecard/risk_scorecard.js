import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const COLORS = { high: "danger", medium: "warning", low: "success" };

/**
 * The answers of a risk scorecard on one page: a radio button, or boxes where several answers are possible, with the
 * score, the level and what is missing always in view. The server computes them; here nothing is judged.
 */
export class RiskScorecard extends Component {
    static template = "left_behind_children.RiskScorecard";
    static props = { ...standardFieldProps };

    get data() {
        return this.props.record.data;
    }

    get answers() {
        return this.data[this.props.name] || {};
    }

    get blocks() {
        const blocks = new Map();
        for (const item of this.data.card || []) {
            blocks.set(item.block, [...(blocks.get(item.block) || []), item]);
        }
        return [...blocks];
    }

    get level() {
        const selection = this.props.record.fields.proposed_level.selection;
        return selection.find(([code]) => code === this.data.proposed_level)?.[1] || "";
    }

    get color() {
        return COLORS[this.data.proposed_level] || "secondary";
    }

    get answered() {
        return (this.data.card || []).filter((item) => this.chosen(item).length).length;
    }

    chosen(item) {
        return this.answers[item.id] || [];
    }

    choose(item, option) {
        let chosen = [option.id];
        if (item.several && !option.none) {
            const before = this.chosen(item);
            const none = item.options.filter((one) => one.none).map((one) => one.id);
            chosen = before.includes(option.id)
                ? before.filter((id) => id !== option.id)
                : [...before.filter((id) => !none.includes(id)), option.id];
        }
        const answers = { ...this.answers, [item.id]: chosen };
        if (!chosen.length) {
            delete answers[item.id];
        }
        return this.props.record.update({ [this.props.name]: answers });
    }
}

registry.category("fields").add("risk_scorecard", {
    component: RiskScorecard,
    supportedTypes: ["json"],
    fieldDependencies: [
        { name: "card", type: "json", readonly: true },
        { name: "score", type: "float", readonly: true },
        { name: "proposed_level", type: "selection", readonly: true },
        { name: "missing", type: "char", readonly: true },
    ],
});
