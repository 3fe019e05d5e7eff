import { registry } from "@web/core/registry";

// The walk of a district through its first month and quarter, each person in his own tour. Menus
// are found by their ids, what people read is checked in Chinese.

const LAST_YEAR = new Date().getFullYear() - 1;

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

const button = (name, where = "") => ({
    content: `Press ${name}`,
    trigger: `${where} button[name="${name}"]:enabled:visible`.trim(),
    run: "click",
});

async function upload(url) {
    const content = await (await fetch(url)).blob();
    const file = new File([content], url.split("/").pop(), { type: content.type });
    const files = new DataTransfer();
    files.items.add(file);
    const input = document.querySelector("div[name='file'] input[type='file']");
    input.files = files.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
}

registry.category("web_tour.tours").add("lbc_township_imports_a_census", {
    steps: () => [
        { content: "The app is open", trigger: ".o_menu_brand:contains(留守儿童关爱)" },
        ...menu("menu_children", "census_import_menu"),
        { content: "Begin", trigger: ".o_list_button_add", run: "click" },
        {
            content: "Choose the workbook",
            trigger: "div[name='file'] .o_select_file_button",
            async run() {
                await upload("/left_behind_children/static/tests/census_small.xlsx");
            },
        },
        {
            content: "The page says what comes next",
            trigger: ".alert-info:visible:contains(核对)",
        },
        button("action_check", ".o_form_statusbar"),
        {
            content: "One row is wrong and says why",
            trigger: "div[name='finding_ids'] .o_data_row.text-danger:contains(校验)",
        },
        { content: "One row has a warning", trigger: "div[name='finding_ids'] .o_data_row.text-warning" },
        button("action_import", ".o_form_statusbar"),
        {
            content: "The good rows are in, the bad one comes back to be corrected",
            trigger: "button[name='action_report']:visible",
        },
        button("action_show_children", ".o_form_statusbar"),
        { content: "The children are there", trigger: ".o_data_row:contains(赵明远)" },
    ],
});

registry.category("web_tour.tours").add("lbc_township_plans_the_month", {
    steps: () => [
        { content: "The day begins with what is due", trigger: ".o_breadcrumb:contains(我的工作)" },
        ...menu("menu_work", "visit_generate_menu"),
        {
            content: "The page says how many families are due before anything is written",
            trigger: '.modal div[name="missing_count"] span:not(:contains(/^0$/))',
        },
        button("action_generate", ".modal"),
        {
            content: "Everybody is planned now",
            trigger: '.modal div[name="missing_count"] span:contains(/^0$/)',
        },
        {
            content: "Go and see the work",
            trigger: ".modal-footer button.btn-primary:contains(查看全部任务)",
            run: "click",
        },
        { content: "The visits are there", trigger: ".o_data_row td[name='kind_id']:contains(月走访)" },
    ],
});

registry.category("web_tour.tours").add("lbc_village_files_a_visit", {
    steps: () => [
        { content: "The day begins with what is due", trigger: ".o_breadcrumb:contains(我的工作)" },
        {
            content: "Enter the visit of the first family",
            trigger: ".o_data_row:first button[name='action_fulfil']",
            run: "click",
        },
        {
            content: "The children of the family are filled in",
            trigger: ".o_form_view div[name='child_ids'] .o_tag",
        },
        {
            content: "The carer was met",
            trigger: "div[name='met_carer'] input",
            run: "click",
        },
        {
            content: "First block: the family",
            trigger: "div[name='family_note'] textarea",
            run: "edit 祖母在家照料，父母上周来过电话。",
        },
        {
            content: "Second block: guardianship",
            trigger: "div[name='care_quality'] label:contains(较好)",
            run: "click",
        },
        {
            content: "Third block: school",
            trigger: "div[name='schooling'] label:contains(正常就学)",
            run: "click",
        },
        {
            content: "Nobody is in danger",
            trigger: "div[name='danger'] label:contains(否)",
            run: "click",
        },
        button("action_submit", ".o_form_statusbar"),
        {
            content: "The visit is filed",
            trigger: ".o_statusbar_status button.o_arrow_button_current:contains(已提交)",
        },
    ],
});

registry.category("web_tour.tours").add("lbc_village_files_a_visit_by_thumb", {
    steps: () => [
        {
            content: "Each family is a card with one button",
            trigger: ".o_kanban_record:first button[name='action_fulfil']",
            run: "click",
        },
        {
            content: "The carer was met",
            trigger: "div[name='met_carer'] input",
            run: "click",
        },
        {
            content: "First block",
            trigger: "div[name='family_note'] textarea",
            run: "edit 一切正常。",
        },
        {
            content: "Second block",
            trigger: "div[name='care_quality'] label:contains(较好)",
            run: "click",
        },
        {
            content: "Third block",
            trigger: "div[name='schooling'] label:contains(正常就学)",
            run: "click",
        },
        {
            content: "Nobody is in danger",
            trigger: "div[name='danger'] label:contains(否)",
            run: "click",
        },
        {
            content: "File it",
            trigger: "button[name='action_submit']:visible",
            run: "click",
        },
        { content: "Filed", trigger: ".o_form_view .o_statusbar_status:contains(已提交)" },
    ],
});

registry.category("web_tour.tours").add("lbc_civil_affairs_opens_the_quarter", {
    steps: () => [
        { content: "The app is open", trigger: ".o_menu_brand:contains(留守儿童关爱)" },
        ...menu("menu_ledger", "quarter_open_menu"),
        { content: "The cut-off day is shown", trigger: ".modal div[name='cutoff']:contains(20)" },
        {
            content: "This quarter's report is not made before its last month: take last year's",
            trigger: ".modal div[name='year'] input",
            run: `edit ${LAST_YEAR} && press Tab`,
        },
        {
            content: "The day follows the year",
            trigger: `.modal div[name='cutoff']:contains(${LAST_YEAR})`,
        },
        button("action_open", ".modal"),
        { content: "Every township is expected", trigger: ".o_data_row:contains(甲镇)" },
        { content: "None has submitted", trigger: ".o_data_row:contains(填报中)" },
    ],
});

const state = (name) => ({
    content: `The report is ${name}`,
    trigger: `.o_statusbar_status .o_arrow_button_current[data-value='${name}']`,
});

const openReport = [
    { content: "The app is open", trigger: ".o_menu_brand:contains(留守儿童关爱)" },
    ...menu("menu_ledger", "submission_menu"),
    {
        content: "Open the report of the township",
        trigger: ".o_kanban_record:contains(甲镇) .fw-bold:contains(甲镇)",
        run: "click",
    },
];

registry.category("web_tour.tours").add("lbc_village_confirms_the_quarter", {
    steps: () => [
        { content: "The app is open", trigger: ".o_menu_brand:contains(留守儿童关爱)" },
        ...menu("menu_ledger", "submission_village_menu"),
        {
            content: "Its own village waits",
            trigger: ".o_data_row:contains(东村) button[name='action_confirm_page']",
            run: "click",
        },
        button("action_open_child", ".o_data_row:contains(张*丰)"),
        { content: "The file opens", trigger: ".o_form_view div[name='household_id']" },
        {
            content: "Back to the page on which the village confirms",
            trigger: ".o_breadcrumb .o_back_button, .breadcrumb-item:last a",
            run: "click",
        },
        {
            content: "Nobody has visited the child: the director has looked, nothing has changed",
            trigger: ".o_lbc_confirm .o_data_row:contains(张*丰) td[name='is_verified'] input",
            run: "click",
        },
        { content: "It is counted", trigger: "div[name='ticked_count']:contains(1)" },
        button("action_confirm", ".o_form_statusbar"),
        {
            content: "Confirmed",
            trigger: ".o_data_row:contains(东村) td[name='state'] .text-bg-success",
        },
    ],
});

// Everything on a telephone lies within its width, whole, and is as high as a thumb.
const fits = (what, selector) => ({
    content: `${what} fits the telephone`,
    trigger: selector,
    run() {
        const page = document.documentElement;
        if (page.scrollWidth > page.clientWidth) {
            throw new Error(`The page is ${page.scrollWidth} wide on ${page.clientWidth}`);
        }
        for (const node of document.querySelectorAll(selector)) {
            const { left, right, height } = node.getBoundingClientRect();
            if (left < 0 || right > page.clientWidth || node.scrollWidth > Math.ceil(node.offsetWidth) + 1) {
                throw new Error(`${what} is cut: ${node.outerHTML.slice(0, 200)}`);
            }
            if (node.matches("button") && height < 40) {
                throw new Error(`${what} is only ${height} high`);
            }
        }
    },
});

registry.category("web_tour.tours").add("lbc_village_confirms_by_thumb", {
    steps: () => [
        {
            content: "The village is a card, without the name of its township",
            trigger: ".o_kanban_record:contains(东村):not(:contains(甲镇))",
        },
        fits("The card", ".o_kanban_record:not(.o_kanban_ghost)"),
        fits("The button", ".o_kanban_record button[name='action_confirm_page']"),
        button("action_confirm_page", ".o_kanban_record:contains(东村)"),
        {
            content: "The child is named, its file below",
            trigger: ".o_lbc_confirm .o_kanban_record .o_lbc_name:contains(张*丰)",
        },
        fits("The name", ".o_kanban_record .o_lbc_name"),
        fits("The number of the file", ".o_kanban_record .o_lbc_number"),
        fits("The button", ".o_kanban_record button[name='action_open_child']"),
        button("action_open_child", ".o_kanban_record:contains(张*丰)"),
        { content: "The file opens", trigger: ".o_form_view div[name='household_id']" },
        {
            content: "Back",
            trigger: ".o_breadcrumb .o_back_button, .breadcrumb-item:last a",
            run: "click",
        },
        {
            content: "The director has looked, nothing has changed",
            trigger: ".o_lbc_confirm .o_kanban_record [name='is_verified'] input",
            run: "click",
        },
        { content: "It is counted", trigger: "div[name='ticked_count']:contains(1)" },
        fits("The button", ".o_form_sheet button[name='action_confirm']"),
        button("action_confirm", ".o_form_sheet"),
        {
            content: "Confirmed",
            trigger: ".o_kanban_record:contains(东村) [name='state'] .text-bg-success",
        },
    ],
});

registry.category("web_tour.tours").add("lbc_education_gives_the_receipt_by_thumb", {
    steps: () => [
        { content: "The copy is a card", trigger: ".o_kanban_record:contains(甲镇)" },
        fits("The code", ".o_kanban_record .o_lbc_code"),
        fits("The button", ".o_kanban_record button"),
        button("action_receive", ".o_kanban_record"),
        {
            content: "The receipt is given, the copy can be fetched",
            trigger: ".o_kanban_record:has(button[name='action_fetch']):not(:has(button[name='action_receive']))",
        },
    ],
});

registry.category("web_tour.tours").add("lbc_township_checks_the_quarter", {
    steps: () => [
        ...openReport,
        button("action_check_page", ".o_form_statusbar"),
        {
            content: "It is too early; what looks wrong is listed: choose all",
            trigger: ".o_list_view thead .o_list_record_selector input",
            run: "click",
        },
        button("action_explain"),
        {
            content: "Say why it is right",
            trigger: ".modal div[name='note'] input",
            run: "edit 已入户核实，由祖母照料，资料补充中",
        },
        button("action_explain", ".modal"),
        { content: "Explained", trigger: ".o_data_row td[name='state'] .text-bg-info" },
        {
            content: "Back to the report",
            trigger: ".o_breadcrumb .o_back_button, .breadcrumb-item:last a",
            run: "click",
        },
        button("action_check_page", ".o_form_statusbar"),
        state("checked"),
    ],
});

registry.category("web_tour.tours").add("lbc_leader_submits_the_quarter", {
    steps: () => [
        ...openReport,
        {
            content: "Submit",
            trigger: ".o_form_statusbar button.btn-primary:enabled:visible",
            run: "click",
        },
        button("action_submit", ".modal"),
        state("submitted"),
        { content: "With the code of the cover", trigger: "div[name='check_code']:contains(-)" },
        {
            content: "The documents are made",
            trigger: ".o_notebook a[name='papers']",
            run: "click",
        },
        { content: "The cover is one", trigger: "div[name='file_ids'] .o_data_row:contains(农村留守儿童信息季报)" },
        {
            content: "The frozen register is one click away",
            trigger: "button.oe_stat_button[name='action_view_snapshot']:visible",
            run: "click",
        },
        { content: "Masked names only", trigger: ".o_data_row td[name='label']:contains(张*丰)" },
    ],
});

registry.category("web_tour.tours").add("lbc_leader_submits_the_correction", {
    steps: () => [
        ...openReport,
        {
            content: "Submit",
            trigger: ".o_form_statusbar button.btn-primary:enabled:visible",
            run: "click",
        },
        {
            content: "What was corrected",
            trigger: ".modal div[name='reason'] input",
            run: "edit 补录一名儿童的备注",
        },
        button("action_submit", ".modal"),
        state("submitted"),
        { content: "With a code of its own", trigger: "div[name='check_code']:contains(-)" },
    ],
});

registry.category("web_tour.tours").add("lbc_office_receives_the_quarter", {
    steps: () => [
        { content: "The app is open", trigger: ".o_menu_brand:contains(留守儿童关爱)" },
        ...menu("menu_ledger", "quarter_menu"),
        { content: "The quarter", trigger: ".o_data_row:first td[name='display_name']", run: "click" },
        {
            content: "Who has submitted",
            trigger: "button[name='action_view_submitted']:visible",
            run: "click",
        },
        {
            content: "The list of reports has come, with the page's own ways of looking at it",
            trigger: ".o_control_panel .o_switch_view.o_graph",
        },
        {
            content: "Open the report",
            trigger: ".o_list_view .o_data_row:contains(甲镇) td[name='state']",
            run: "click",
        },
        state("submitted"),
        button("action_receive", ".o_form_statusbar"),
        state("received"),
    ],
});

registry.category("web_tour.tours").add("lbc_education_gives_the_receipt", {
    steps: () => [
        { content: "The app is open", trigger: ".o_menu_brand:contains(留守儿童关爱)" },
        ...menu("menu_ledger", "submission_copy_menu"),
        button("action_receive", ".o_data_row:contains(甲镇)"),
        {
            content: "The receipt is given; its code is that of the cover",
            trigger: ".o_data_row:contains(甲镇):not(:has(button[name='action_receive']:visible)) td[name='check_code']:contains(-)",
        },
    ],
});

registry.category("web_tour.tours").add("lbc_office_returns_the_quarter", {
    steps: () => [
        { content: "The app is open", trigger: ".o_menu_brand:contains(留守儿童关爱)" },
        ...menu("menu_ledger", "quarter_menu"),
        { content: "The quarter", trigger: ".o_data_row:first td[name='display_name']", run: "click" },
        button("action_view_submitted"),
        {
            content: "The list of reports has come",
            trigger: ".o_control_panel .o_switch_view.o_graph",
        },
        {
            content: "Open the report",
            trigger: ".o_list_view .o_data_row:contains(甲镇) td[name='state']",
            run: "click",
        },
        state("received"),
        {
            content: "A note is doubtful: return it",
            trigger: ".o_form_statusbar button:enabled:visible:contains(退回)",
            run: "click",
        },
        {
            content: "Say what is to be corrected",
            trigger: ".modal div[name='reason'] input",
            run: "edit 请核对东村一名儿童的备注",
        },
        button("action_decide", ".modal"),
        state("returned"),
    ],
});

registry.category("web_tour.tours").add("lbc_township_corrects_the_quarter", {
    steps: () => [
        ...openReport,
        state("returned"),
        {
            content: "The page says what is to be corrected",
            trigger: ".alert-warning:visible div[name='return_reason']:contains(请核对东村)",
        },
        ...menu("menu_children", "child_menu"),
        {
            content: "The file",
            trigger: ".o_data_row:contains(张三丰) td[name='file_number']",
            run: "click",
        },
        { content: "Where the note is", trigger: ".o_notebook a[name='support']", run: "click" },
        {
            content: "Correct it",
            trigger: "div[name='note'] textarea",
            run: "edit 住址已核对无误",
        },
        { content: "Save", trigger: ".o_form_button_save:enabled:visible", run: "click" },
        { content: "Saved", trigger: ".o_form_view:not(:has(.o_form_button_save:visible))" },
        ...menu("menu_ledger", "submission_menu"),
        {
            content: "Back to the report",
            trigger: ".o_kanban_record:contains(甲镇) .fw-bold:contains(甲镇)",
            run: "click",
        },
        state("returned"),
        button("action_check_page", ".o_form_statusbar"),
        state("checked"),
    ],
});

registry.category("web_tour.tours").add("lbc_education_fetches_its_copy", {
    steps: () => [
        { content: "The app is open", trigger: ".o_menu_brand:contains(留守儿童关爱)" },
        ...menu("menu_ledger", "submission_copy_menu"),
        button("action_fetch", ".o_data_row:contains(甲镇)"),
        {
            content: "Say what it is needed for",
            trigger: ".modal div[name='purpose'] textarea",
            run: "edit 核对在校留守儿童名单",
        },
        {
            content: "Say who receives it",
            trigger: ".modal div[name='recipient'] input",
            run: "edit 区教委基教科",
        },
        button("action_export", ".modal"),
        { content: "The request has its number", trigger: "h1 div[name='name']:contains(DC20)" },
        {
            content: "Nothing protected by a second person: it can be downloaded",
            trigger: "button[name='action_download']:visible",
        },
    ],
});

registry.category("web_tour.tours").add("lbc_township_exports_the_roster", {
    steps: () => [
        { content: "The app is open", trigger: ".o_menu_brand:contains(留守儿童关爱)" },
        ...menu("menu_ledger", "ledger_export_menu"),
        {
            content: "Say what the data are needed for",
            trigger: ".modal div[name='purpose'] textarea",
            run: "edit 第三季度入户核查",
        },
        {
            content: "Say who receives them",
            trigger: ".modal div[name='recipient'] input",
            run: "edit 甲镇民政办",
        },
        button("action_export", ".modal"),
        {
            content: "Telephones and health in clear: a second person decides",
            trigger: ".o_statusbar_status .o_arrow_button_current[data-value='waiting']",
        },
        { content: "The request has its number", trigger: "h1 div[name='name']:contains(DC20)" },
    ],
});
