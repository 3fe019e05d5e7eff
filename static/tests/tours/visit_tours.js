import { registry } from "@web/core/registry";

// A village enters an afternoon's round; the township reviews. What a person presses is counted and
// printed: the tours are also the measure of how long the work takes.

const FAMILIES = 40;
const count = { clicks: 0, keys: 0 };

const click = (content, trigger) => ({
    content,
    trigger,
    async run({ click }) {
        count.clicks += 1;
        await click();
    },
});

/** Press keys one after another where the focus is, as somebody who does not look up. */
const press = (content, trigger, ...keys) => ({
    content,
    trigger,
    async run({ press }) {
        for (const key of keys) {
            count.keys += 1;
            await press(key);
            await new Promise((resolve) => setTimeout(resolve, 0));
        }
    },
});

const row = (place) => `.o_data_row:eq(${place}).o_selected_row`;
const focused = (place, name) => `${row(place)} td[name='${name}']:has(:focus)`;

/** A family at which child and carer were met and nothing is wrong; facts come from last time. */
const family = (place) => [
    press(`Family ${place + 1}: the child was met`, focused(place, "met_child"), " ", "Tab"),
    ...rest(place),
];

const rest = (place) => [
    press("The carer was met", focused(place, "met_carer"), " ", "Tab"),
    press("No parent", focused(place, "met_parent"), "Tab"),
    press("No danger; on to the next family", focused(place, "danger"), "1", "Enter"),
];

registry.category("web_tour.tours").add("lbc_village_enters_a_round", {
    steps: () => [
        {
            content: "All families are there",
            trigger: `.o_field_widget[name='line_ids'] .o_data_row:eq(${FAMILIES - 1})`,
        },
        { content: "The late one is first, in red", trigger: ".o_data_row:first.text-danger" },
        { content: "The facts of last time are there", trigger: ".o_data_row:first:contains(奶奶)" },
        click("Begin: one click ticks the first child", ".o_data_row:first td[name='met_child']"),
        press("On to the carer", focused(0, "met_child"), "Tab"),
        ...rest(0),
        ...Array.from({ length: FAMILIES - 2 }, (_, place) => family(place + 1)).flat(),
        press("The last: nobody at home", focused(FAMILIES - 1, "met_child"), "Tab", "Tab", "Tab", "Tab"),
        {
            content: "Say so; the next attempt is forgotten",
            trigger: `${row(FAMILIES - 1)} td[name='remark'] input:focus`,
            async run({ edit }) {
                count.keys += 4;
                await edit("家中无人");
            },
        },
        click("One button files everything", "button[name='action_file']:enabled"),
        {
            content: "39 are filed, one is kept",
            trigger: `.alert-success:visible:contains(${FAMILIES - 1})`,
        },
        {
            content: "It says what is missing",
            trigger: ".o_data_row.text-warning td[name='problem']:not(:empty)",
        },
        {
            content: "Print what it took",
            trigger: "body",
            run() {
                console.log(`A round of ${FAMILIES} families: ${count.clicks} clicks, ${count.keys} keys`);
            },
        },
    ],
});

const decide = (words) => [
    {
        content: "Say it in words",
        trigger: ".modal div[name='reason']:visible textarea",
        run: `edit ${words}`,
    },
    {
        content: "Confirm",
        trigger: ".modal button[name='action_decide']",
        run: "click",
    },
];

registry.category("web_tour.tours").add("lbc_township_reviews_visits", {
    steps: () => [
        {
            content: "The danger is the first row, in red",
            trigger: ".o_data_row:first.text-danger",
        },
        {
            content: "Open it",
            trigger: ".o_data_row:first td[name='household_id']",
            run: "click",
        },
        { content: "It says that nobody has taken it up", trigger: ".alert-danger:visible" },
        {
            content: "Take it up",
            trigger: ".o_form_statusbar button.btn-danger:visible",
            run: "click",
        },
        ...decide("已联系派出所，孩子在镇卫生院，村主任陪同"),
        { content: "It was taken up, by whom and when", trigger: ".alert-info:visible:contains(卫生院)" },
        {
            content: "The visit itself is in order",
            trigger: ".o_form_statusbar button[name='action_review']:visible",
            run: "click",
        },
        {
            content: "Reviewed",
            trigger: ".o_statusbar_status .o_arrow_button_current[data-value='reviewed']",
        },
        { content: "Back to the list", trigger: ".o_back_button, .breadcrumb-item a", run: "click" },
        {
            content: "One visit is left",
            trigger: ".o_list_view:not(:has(.o_data_row:eq(1))) .o_data_row:first td[name='household_id']",
            run: "click",
        },
        {
            content: "This one lacks something: send it back",
            trigger: ".o_form_statusbar button.o_lbc_return:visible",
            run: "click",
        },
        ...decide("请写明孩子平时由谁接送"),
        {
            content: "It is with the visitor again",
            trigger: ".alert-warning:visible:contains(接送)",
        },
    ],
});
