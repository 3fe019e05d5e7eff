import { registry } from "@web/core/registry";

// The administrator of forms, who sees no child, writes a kind of duty with a condition.

const choose = (name, label) => [
    {
        content: `Open ${name}`,
        trigger: `.o_field_widget[name="${name}"] .o_select_menu_input, .o_field_widget[name="${name}"] input`,
        run: "click",
    },
    {
        content: `Choose ${label}`,
        trigger: `.o_select_menu_item:contains("${label}")`,
        run: "click",
    },
];

registry.category("web_tour.tours").add("lbc_form_admin_writes_a_kind", {
    steps: () => [
        { content: "New", trigger: ".o_list_button_add", run: "click" },
        { content: "Name", trigger: "div[name='name'] input", run: "edit Safety at schools" },
        ...choose("subject_type", "单位"),
        {
            content: "Add a condition",
            trigger: "div[name='subject_domain'] .o_domain_add_first_node_button, div[name='subject_domain'] a:contains(新规则)",
            run: "click",
        },
        { content: "A condition is there", trigger: "div[name='subject_domain'] .o_tree_editor_condition" },
        ...choose("subject_type", "家庭"),
        ...choose("evidence_model", "走访"),
        { content: "Its day is filled in", trigger: "div[name='evidence_date'] input:value(/./)" },
        { content: "What it would mean", trigger: "div[name='preview']:contains(10)" },
        { content: "Save", trigger: ".o_form_button_save", run: "click" },
        { content: "Saved", trigger: ".o_form_saved" },
    ],
});
