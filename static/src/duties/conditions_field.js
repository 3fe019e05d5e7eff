/* The editor of conditions for who writes kinds of duty: he need not read the records, so they are not counted. */
import { registry } from "@web/core/registry";
import { DomainField, domainField } from "@web/views/fields/domain/domain_field";

export class ConditionsField extends DomainField {
    static template = "left_behind_children.ConditionsField";

    async checkProps(props = this.props) {
        if (!this.getResModel(props)) {
            this.updateState({});
            return;
        }
        const isValid = await this.quickValidityCheck(props);
        this.updateState({ isValid, recordCount: 0, hasLimitedCount: false });
    }
}

registry.category("fields").add("lbc_conditions", {
    ...domainField,
    component: ConditionsField,
});
