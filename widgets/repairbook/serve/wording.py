"""What the start page says in English; another language gives its own in the prompts."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    "title": "Repairbook",
    "title_demo": "The demo - Repairbook",
    "bar": "On this computer",
    "bar_demo": "Demo",
    "heading": "Your workbook",
    "heading_demo": "The demo",
    "lede": "Not shown to anyone until you share. The key-holder, or a court, could still obtain it.",
    "lede_demo": "Three invented cases to look around in.",
    "demo_note": "All of it is made up and kept apart from your own. Write nothing about a real person.",
    "demo_back": "Back to my own",
    "begin": "A moment that strained the bond",
    "begin_hint": "About five minutes. Stop whenever you like; what you wrote waits for you here.",
    "reflect": "Write about a moment",
    "alliance": "See the alliance",
    "due": "How does it stand now?",
    "due_hint": "You left these open. One tap each is enough.",
    "due_on": "due {day}",
    "drafts": "Go on writing",
    "drafts_hint": "Only you see these.",
    "empty": "Nothing yet. Pick one moment that stayed with you and write about it; a few words are enough.",
    "empty_again": "No open draft. When a moment stays with you, write about it; a few words are enough.",
    "closed": "Closed lately",
    "closed_hint": "To read again.",
    "cases": "Cases",
    "cases_hint": "The alliance over the sessions.",
    "case": "Case {code}",
    "session": "session {number}",
    "no_case": "No case yet",
    "today": "today {time}",
    "yesterday": "yesterday {time}",
    "day": "{day} {month}",
    "day_year": "{day} {month} {year}",
    "months": "January February March April May June July August September October November December",
    "demo": "Look around first",
    "demo_hint": "Three invented cases, with sessions, scores and reflections. Kept apart from yours.",
    "demo_open": "Open the demo",
    "protected": "How am I protected?",
    "protection": (
        "Your words stay on this computer. No page asks any other computer for anything.\n"
        "They are kept encrypted. Whoever holds the key file, or can use your account here, can read them.\n"
        "A draft is shown to nobody but you. The private box is never shared.\n"
        "Leave out names and places all the same. A court can ask for what exists.\n"
        "What is not yet saved stays in the open tab until it is. Close the tab on a shared computer."
    ),
}
