import { registry } from "@web/core/registry";

// The risk of a child is assessed with a thumb and put in force at the township. People read what the
// scorecard says in Chinese; buttons are found by their names.

const answer = (item, option) => ({
    content: `${item}: ${option}`,
    trigger: `fieldset[data-item='${item}'] label:contains(${option})`,
    run: "click",
});

const says = (text) => ({
    content: `The bar says ${text}`,
    trigger: `.o_lbc_scorecard .position-sticky:contains(${text})`,
});

const action = (name) => ({
    content: `Press ${name}`,
    trigger: `button[name="${name}"]:enabled:visible`,
    run: "click",
});

const SAFE = [
    ["年龄", "11–15周岁"],
    ["身体状况", "健康"],
    ["心理状况", "情绪稳定"],
    ["不良行为", "均无以上情况"],
    ["居住环境隐患", "均无以上情况"],
    ["家庭经济（家庭人均收入）", "2倍以上"],
    ["父母情况", "父母双全"],
];

registry.category("web_tour.tours").add("lbc_village_assesses_risk_by_thumb", {
    steps: () => [
        answer("年龄", "0–5周岁"),
        says("1 / 8"),
        ...SAFE.flatMap(([item, option], number) => [
            answer(item, option),
            says(`${number + 1} / 8`),
        ]),
        says("监护状况"),
        answer("监护状况", "均无以上情况"),
        says("8 / 8"),
        answer("监护状况", "无人监护"),
        {
            content: "The knock-out makes it high at once, and “none” is no longer chosen",
            trigger: ".o_lbc_scorecard:has(.text-bg-danger) fieldset[data-item='监护状况']"
                + ":not(:has(label:contains(均无以上情况) input:checked))",
        },
        action("action_submit"),
        {
            content: "It was handed in",
            trigger: "fieldset[data-item='年龄']:disabled",
        },
    ],
});

registry.category("web_tour.tours").add("lbc_township_reviews_risk", {
    steps: () => [
        {
            content: "What waits for the review",
            trigger: ".o_data_row td[name='child_id']",
            run: "click",
        },
        says("8 / 8"),
        action("action_review"),
        {
            content: "It is in force",
            trigger: ".o_form_view:not(:has(button[name='action_review']:visible))",
        },
    ],
});
