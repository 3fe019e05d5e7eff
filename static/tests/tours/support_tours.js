import { registry } from "@web/core/registry";

// Two duties that no code knows: an administrator adds them, others fulfil them, and who does not
// is late. Menus and fields are found by their names, so that the language does not matter.

const menu = (section, item) => [
    {
        content: `Open the section ${section}`,
        trigger: `.o_menu_sections [data-menu-xmlid="left_behind_children.${section}"]`,
        run: "click",
    },
    {
        content: `Choose ${item}`,
        trigger: `.o-dropdown--menu [data-menu-xmlid="left_behind_children.${item}"]`,
        run: "click",
    },
];

const type = (name, text) => ({
    content: `Write ${name}`,
    trigger: `.o_form_view div[name='${name}'] :is(input, textarea)`,
    run: `edit ${text}`,
});

const select = (name, value) => [
    {
        content: `Open ${name}`,
        trigger: `.o_form_view div[name='${name}'] input`,
        run: "click",
    },
    {
        content: `Choose ${value}`,
        trigger: `.o_select_menu_item:contains(${value})`,
        run: "click",
    },
];

const link = (name, text) => [
    {
        content: `Look for ${name}`,
        trigger: `.o_form_view div[name='${name}'] input`,
        run: `edit ${text}`,
    },
    {
        content: `Choose ${text}`,
        trigger: `.o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option):contains(${text}) a`,
        run: "click",
    },
];

const save = [
    { content: "Save", trigger: ".o_form_button_save:enabled", run: "click" },
    { content: "Saved", trigger: ".o_form_saved" },
];

// The editor of conditions as an administrator meets it: a rule, its field, the kinds it asks for.
const onlyActivitiesOf = (activity) => [
    {
        content: "Add a condition",
        trigger: "div[name='evidence_domain'] a:contains(/New Rule|新规则/)",
        run: "click",
    },
    {
        content: "Choose what it asks for",
        trigger: "div[name='evidence_domain'] .o_tree_editor_condition .o_model_field_selector",
        run: "click",
    },
    {
        content: "The kind",
        trigger: "li[data-name='kind_id'] .o_model_field_selector_popover_item_name",
        run: "click",
    },
    {
        content: "Look for the kind of activity",
        trigger: "div[name='evidence_domain'] .o_multi_record_selector input",
        run: `edit ${activity}`,
    },
    {
        content: "Choose it",
        trigger: `.o-autocomplete--dropdown-item:contains(${activity}) a`,
        run: "click",
    },
    {
        content: "It is asked for",
        trigger: `div[name='evidence_domain'] .o_multi_record_selector .o_tag:contains(${activity})`,
    },
];

const addKind = (kind) => [
    { content: "The app is open", trigger: ".o_main_navbar" },
    ...menu("menu_configuration", "duty_kind_menu"),
    { content: "Add one", trigger: ".o_list_button_add", run: "click" },
    type("name", kind.name),
    type("clause", kind.clause),
    ...link("lead_kind_id", kind.lead),
    ...select("subject_type", kind.subject),
    ...select("period", kind.period),
    ...select("evidence_model", "/Activity|活动/"),
    ...onlyActivitiesOf(kind.activity),
    { content: "The usual ladder is there", trigger: "div[name='step_ids'] .o_data_row" },
    ...save,
    { content: "The page says what it would mean now", trigger: "div[name='preview']" },
];

registry.category("web_tour.tours").add("lbc_admin_adds_a_publicity_duty", {
    steps: () =>
        addKind({
            name: "法治宣传每季度一次",
            clause: "B-3.3c",
            lead: "镇街",
            subject: "镇街",
            period: "季度",
            activity: "监护人法治宣传",
        }),
});

registry.category("web_tour.tours").add("lbc_admin_adds_a_vaccination_duty", {
    steps: () =>
        addKind({
            name: "预防接种情况每年一次",
            clause: "B-3.3h",
            lead: "卫生健康部门",
            subject: "儿童",
            period: "/^年/",
            activity: "预防接种",
        }),
});

const fulfil = (duty, fillIn) => [
    {
        content: "The duty stands in one's work",
        trigger: `.o_data_row:contains(${duty}) button[name='action_fulfil']`,
        run: "click",
    },
    {
        content: "The kind is filled in",
        trigger: ".o_form_view div[name='kind_id'] input:value(/./)",
    },
    ...fillIn,
    {
        content: "File it",
        trigger: ".o_form_statusbar button[name='action_file']:enabled:visible",
        run: "click",
    },
    {
        content: "It is filed",
        trigger: ".o_statusbar_status button.o_arrow_button_current[data-value='filed']",
    },
];

registry.category("web_tour.tours").add("lbc_township_holds_its_session", {
    steps: () => fulfil("法治宣传每季度一次", [type("guardian_count", "46"), type("minutes", "90")]),
});

registry.category("web_tour.tours").add("lbc_health_enters_a_vaccination", {
    steps: () =>
        fulfil("预防接种情况每年一次", [
            {
                content: "The child is filled in, masked",
                trigger: "div[name='child_ids'] .o_tag:contains(张*丰)",
            },
        ]),
});

registry.category("web_tour.tours").add("lbc_late_duties_come_first", {
    steps: () => [
        {
            content: "Overdue ones stand in red",
            trigger: ".o_data_row.text-danger:contains(法治宣传每季度一次)",
        },
    ],
});

registry.category("web_tour.tours").add("lbc_work_by_thumb", {
    steps: () => [
        {
            content: "A card each, the late one first, with one wide button",
            trigger: ".o_kanban_record:first:contains(法治宣传每季度一次) .text-danger",
        },
        {
            content: "The button is large enough for a thumb",
            trigger: ".o_kanban_record:first button[name='action_fulfil']",
            run() {
                const { width, height } = this.anchor.getBoundingClientRect();
                if (width < 200 || height < 40) {
                    throw new Error(`The button is ${width} × ${height}`);
                }
                this.anchor.click();
            },
        },
        type("guardian_count", "12"),
        {
            content: "File it",
            trigger: "button[name='action_file']:visible",
            run: "click",
        },
        { content: "Filed", trigger: ".o_form_view .o_statusbar_status:contains(/Filed|已提交/)" },
    ],
});
