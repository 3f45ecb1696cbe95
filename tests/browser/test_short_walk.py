"""The first test of the product: five minutes, on a phone, from the start page to the saved prose."""

from __future__ import annotations

from short_walk import find_it_again, take_the_short_walk


def test_the_short_walk_on_a_phone_takes_few_touches_and_is_found_again(server, visit):
    find_it_again(server, take_the_short_walk(server, visit))
