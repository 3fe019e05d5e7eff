import { registry } from "@web/core/registry";

// A village draws up agreements, has one signed on the screen, prints and renews it. Menus are found by
// their ids, what people read is checked in Chinese.

const menu = (item) => [
    {
        content: "Open the section of the children",
        trigger: '.o_menu_sections [data-menu-xmlid="left_behind_children.menu_children"]',
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

const answer = (field, value) => ({
    content: `Answer ${field}`,
    trigger: `div[name="${field}"] input.o_radio_input[data-value="${value}"]`,
    run: "click",
});

// The document is fetched in the background; the page is blocked meanwhile and free afterwards.
const untilPrinted = [
    {
        content: "Wait for the document",
        trigger: "body",
        run: () => new Promise((resolve) => setTimeout(resolve, 2000)),
    },
    { content: "The page is free again", trigger: "body:not(:has(.o_blockUI)):not(:has(.o_error_dialog))" },
];

// Draw with the pen: the pad wants a stroke, and the dialog a moment to keep it.
const sign = (who) => [
    { content: `It is the turn of ${who}`, trigger: `.modal div[name="signer"]:contains(${who})` },
    {
        content: "Open the pad",
        trigger: '.modal div[name="image"] .o_signature',
        run: "click",
    },
    {
        content: "Choose to draw",
        trigger: ".modal .o_web_sign_draw_button",
        run: "click",
    },
    {
        content: "Draw",
        trigger: ".modal canvas.o_web_sign_signature",
        async run(helpers) {
            const pad = this.anchor;
            const place = pad.getBoundingClientRect();
            const at = (x, y, type) =>
                pad.dispatchEvent(
                    new PointerEvent(type, {
                        bubbles: true,
                        cancelable: true,
                        pointerId: 1,
                        pointerType: "mouse",
                        isPrimary: true,
                        button: 0,
                        buttons: type === "pointerup" ? 0 : 1,
                        pressure: 0.5,
                        clientX: place.left + x,
                        clientY: place.top + y,
                    })
                );
            at(20, 20, "pointerdown");
            for (let step = 1; step < 20; step++) {
                at(20 + 8 * step, 20 + (step % 5) * 12, "pointermove");
                await new Promise((resolve) => setTimeout(resolve, 20));
            }
            at(190, 60, "pointerup");
        },
    },
    {
        content: "Keep what was drawn",
        trigger: ".modal footer button.btn-primary:enabled:not([name])",
        run: "click",
    },
    {
        content: "The signature stands on the page",
        trigger: '.modal div[name="image"] img[src^="data:image"]',
    },
    button("action_sign", ".modal"),
];

registry.category("web_tour.tours").add("lbc_village_draws_up_and_signs", {
    steps: () => [
        ...menu("agreement_prepare_menu"),
        button("action_list", ".o_form_statusbar"),
        { content: "The family is listed", trigger: 'div[name="line_ids"] .o_data_row' },
        button("action_draft", ".o_form_statusbar"),
        {
            content: "The draft says what it still lacks",
            trigger: 'div[name="agreement_ids"] .o_data_row td[name="missing_text"]:not(:empty)',
        },
        {
            content: "Print the stack for the meeting",
            trigger: '.o_form_statusbar button[name="action_print"]:enabled:visible',
            run: "click",
        },
        ...untilPrinted,
        ...menu("agreement_menu"),
        { content: "The list is there", trigger: ".o_list_view td[name='validity']" },
        { content: "Open the draft", trigger: ".o_data_row td[name='name']", run: "click" },
        {
            content: "See the questions of article 22",
            trigger: '.o_notebook .nav-link[name="check"]',
            run: "click",
        },
        answer("check_adult", "yes"),
        answer("check_capable", "yes"),
        answer("ban_violence", "no"),
        answer("ban_addiction", "no"),
        answer("ban_neglect", "no"),
        answer("ban_unfit", "no"),
        button("action_to_sign", ".o_form_statusbar"),
        button("action_sign_on_screen", ".o_form_statusbar"),
        {
            content: "The words to be signed are shown",
            trigger: '.modal div[name="text"]:contains(农村留守儿童委托照护协议)',
        },
        ...sign("张大山"),
        ...sign("李秀英"),
        ...sign("王桂芳"),
        ...sign("test_village"),
        { content: "Everybody has signed", trigger: ".modal .alert-success:visible" },
        {
            content: "Close the page",
            trigger: ".modal footer button.btn-secondary[special='cancel'], .modal footer .o_form_button_cancel",
            run: "click",
        },
        { content: "Back on the agreement", trigger: "body:not(.modal-open) .o_form_statusbar" },
    ],
});

registry.category("web_tour.tours").add("lbc_township_puts_in_force", {
    steps: () => [
        button("action_confirm", ".o_form_statusbar"),
        {
            content: "It is in force",
            trigger: '.o_statusbar_status button[data-value="in_force"][aria-checked="true"]',
        },
    ],
});

registry.category("web_tour.tours").add("lbc_village_prints_again", {
    steps: () => [
        {
            content: "Print it as it was signed",
            trigger: ".o_form_statusbar button:enabled:visible:contains(打印)",
            run: "click",
        },
        ...untilPrinted,
    ],
});

registry.category("web_tour.tours").add("lbc_village_renews", {
    steps: () => [
        ...menu("agreement_prepare_menu"),
        button("action_list", ".o_form_statusbar"),
        {
            content: "The agreement that ends soon is listed",
            trigger: 'div[name="line_ids"] .o_data_row td[name="renews_id"]:contains(XY)',
        },
        button("action_draft", ".o_form_statusbar"),
        { content: "The next one is drawn up", trigger: 'div[name="agreement_ids"] .o_data_row:contains(XY)' },
    ],
});

registry.category("web_tour.tours").add("lbc_village_records_a_call", {
    steps: () => [
        {
            content: "Record a contact",
            trigger: ".o-form-buttonbox button.oe_stat_button:has(.fa-plus)",
            run: "click",
        },
        {
            content: "Brothers and sisters are counted",
            trigger: '.modal div[name="count"]:contains(2)',
        },
        button("action_record", ".modal"),
        { content: "The page is closed", trigger: "body:not(.modal-open) .o_form_view" },
    ],
});
