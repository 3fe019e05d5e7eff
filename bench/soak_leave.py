"""Child directors of the soak, their leaves, and whom the duties of their villages must name."""

from datetime import timedelta

from odoo import Command

POSTED = 60  # villages with a director of their own
LONGEST = 20  # days


class Directors:
    """One director for each of some villages; now and then one is away and another stands in."""

    def __init__(self, env, villages, dice):
        self.dice = dice
        self.leaves = []  # (director, first day, last day, substitute)
        self.of_village = {}
        post = env.ref("left_behind_children.post_child_director")
        office = env["lbc.organization"].search(
            [("county_id", "=", villages[:1].county_id.id)], limit=1
        )
        for village in villages.sorted("code")[:POSTED]:
            user = env["res.users"].create(
                {
                    "name": village.name,
                    "login": f"soak_{village.code}",
                    "group_ids": [Command.set(env.ref("base.group_user").ids)],
                }
            )
            posting = env["lbc.posting"].create(
                {
                    "name": village.name,
                    "user_id": user.id,
                    "post_id": post.id,
                    "organization_id": office.id,
                    "area_ids": [Command.set(village.ids)],
                    "date_from": "2020-01-01",
                }
            )
            self.of_village[village.id] = posting
        env.cr.commit()

    def leave(self, day):
        """Let one director be away for some days from a day soon, if another one can stand in.

        :return: whether somebody goes (bool)
        """
        away, substitute = self.dice.sample(list(self.of_village.values()), 2)
        first = day + timedelta(days=self.dice.choice((0, 0, 1, 7)))
        last = first + timedelta(days=self.dice.randrange(LONGEST))
        both = {away.user_id.id, substitute.user_id.id}
        for director, begins, ends, instead in self.leaves:
            if both & {director, instead} and begins <= last and ends >= first:
                return False
        away.env["lbc.leave"].create(
            {
                "posting_id": away.id,
                "date_from": first,
                "date_to": last,
                "substitute_id": substitute.user_id.id,
            }
        )
        self.leaves.append((away.user_id.id, first, last, substitute.user_id.id))
        return True

    def responsible(self, village, day):
        """Return the id of the user whom duties of a village (id) must name on a day, or None."""
        posting = self.of_village.get(village)
        director = posting and posting.user_id.id
        for away, first, last, substitute in self.leaves:
            if away == director and first <= day <= last:
                return substitute
        return director
