import { registry } from "@web/core/registry";

// One child, seen from four desks: each page holds what the duty needs and nothing else. The tours
// begin on the child's own page; its file is that of 张三丰 in the test district.

const here = (what, trigger) => ({ content: `Here: ${what}`, trigger });
const absent = (what, selector) => ({
    content: `Not here: ${what}`,
    trigger: `.o_form_view:not(:has(${selector}))`,
});
const shows = (name, text) => ({
    content: `${name} shows ${text}`,
    trigger: `.o_form_view div[name="${name}"]`,
    run() {
        const value = this.anchor.querySelector("input")?.value ?? this.anchor.textContent;
        if (!value.includes(text)) {
            throw new Error(`${name} shows “${value}”, not “${text}”`);
        }
    },
});

registry.category("web_tour.tours").add("lbc_child_seen_by_the_village", {
    steps: () => [
        shows("name", "张三丰"),
        shows("id_number", "500199"),
        shows("address", "东村三组"),
        here("the messages of the file", ".o-mail-Chatter"),
        here("health", ".nav-link[name='health']"),
    ],
});

registry.category("web_tour.tours").add("lbc_child_seen_by_the_school", {
    steps: () => [
        shows("name", "张三丰"),
        here("its own part", ".nav-link[name='schooling']"),
        absent("the address", "div[name='address']"),
        absent("health", ".nav-link[name='health']"),
        absent("messages and papers", ".o-mail-Chatter"),
        absent("a way to submit or to exit", "button[name='action_submit']"),
    ],
});

registry.category("web_tour.tours").add("lbc_child_seen_by_the_police", {
    steps: () => [
        shows("name", "张三丰"),
        shows("address", "东村三组"),
        here("the parents' telephone", "td[name='guardian_phone']:contains(13800138000)"),
        absent("the school's part", ".nav-link[name='schooling']"),
        absent("health", ".nav-link[name='health']"),
        absent("messages and papers", ".o-mail-Chatter"),
    ],
});

registry.category("web_tour.tours").add("lbc_child_seen_by_the_leader", {
    steps: () => [
        shows("name_masked", "张*丰"),
        shows("id_number_masked", "500199********"),
        absent("the name", "div[name='name']"),
        absent("the number", "div[name='id_number']"),
        absent("the address", "div[name='address']"),
        absent("health", ".nav-link[name='health']"),
        absent("messages and papers", ".o-mail-Chatter"),
    ],
});

registry.category("web_tour.tours").add("lbc_counts_seen_by_the_district_leader", {
    steps: () => [
        here("the app", ".o_menu_brand:contains(留守儿童关爱)"),
        here("counts", ".o_menu_sections [data-menu-xmlid='left_behind_children.menu_ledger']"),
        {
            content: "No menu leads to a child",
            trigger:
                ".o_menu_sections:not(:has([data-menu-xmlid='left_behind_children.menu_children']))",
        },
    ],
});
