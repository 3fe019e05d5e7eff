import { Component, onWillUnmount, useState } from "@odoo/owl";
import { rpc, rpcBus } from "@web/core/network/rpc";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const MODEL = "lbc.census.import";
const STEPS = ["action_check", "action_import"];
const INTERVAL = 1000;

/**
 * Shows how far the check or the import has come while its button is running: "4,000 / 10,000".
 * It begins when the request of the button goes out and ends with its answer.
 */
export class CensusProgress extends Component {
    static template = "left_behind_children.CensusProgress";
    static props = { ...standardWidgetProps };

    setup() {
        this.state = useState({ running: false, stage: "", done: 0, total: 0 });
        this.request = null;
        const onRequest = ({ detail }) => this.begin(detail.data);
        const onResponse = ({ detail }) => this.end(detail.data);
        rpcBus.addEventListener("RPC:REQUEST", onRequest);
        rpcBus.addEventListener("RPC:RESPONSE", onResponse);
        onWillUnmount(() => {
            rpcBus.removeEventListener("RPC:REQUEST", onRequest);
            rpcBus.removeEventListener("RPC:RESPONSE", onResponse);
            clearInterval(this.timer);
        });
    }

    begin(data) {
        const params = data.params || {};
        if (params.model === MODEL && STEPS.includes(params.method)) {
            this.request = data.id;
            Object.assign(this.state, { running: true, stage: "", done: 0, total: 0 });
            this.timer = setInterval(() => this.ask(params.args[0][0]), INTERVAL);
        }
    }

    end(data) {
        if (data.id === this.request) {
            clearInterval(this.timer);
            this.request = null;
            this.state.running = false;
        }
    }

    async ask(id) {
        const route = `/web/dataset/call_kw/${MODEL}/get_progress`;
        const params = { model: MODEL, method: "get_progress", args: [[id]], kwargs: {} };
        try {
            const progress = await rpc(route, params, { silent: true });
            if (progress && this.state.running) {
                const [stage, done, total] = progress;
                Object.assign(this.state, { stage, done, total });
            }
        } catch {
            // What counts is the answer to the button; a missed look at the progress is no error.
        }
    }

    get label() {
        const labels = {
            reading: _t("Reading the workbook"),
            checking: _t("Checking the rows"),
            writing: _t("Writing the files"),
        };
        return labels[this.state.stage] || _t("Working");
    }

    get count() {
        const { done, total } = this.state;
        const parts = [done, total].filter(Boolean).map((number) => number.toLocaleString());
        return parts.join(" / ");
    }

    get percent() {
        const { done, total } = this.state;
        return total ? Math.min(100, Math.round((100 * done) / total)) : 100;
    }
}

registry.category("view_widgets").add("lbc_census_progress", { component: CensusProgress });
