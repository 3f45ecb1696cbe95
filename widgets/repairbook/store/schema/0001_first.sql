-- People, cases, sessions, scores and reflections of one workbook.
-- Words are in sealed columns: *_key holds the wrapped data key, *_body the sealed part.

CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value ANY NOT NULL
) STRICT;

CREATE TABLE person (
    id TEXT PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    name_key BLOB NOT NULL,
    name_body BLOB NOT NULL,
    name_rev INTEGER NOT NULL,
    roles TEXT NOT NULL,
    site TEXT NOT NULL,
    trainee_year INTEGER,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE case_ (
    id TEXT PRIMARY KEY,
    case_code TEXT NOT NULL UNIQUE,
    client_key BLOB,
    client_body BLOB,
    client_mac TEXT UNIQUE,
    rev INTEGER NOT NULL,
    unit TEXT NOT NULL,
    modality TEXT NOT NULL,
    participation TEXT NOT NULL,
    usual_format TEXT NOT NULL,
    recording_given_on TEXT,
    recording_expires_on TEXT,
    supervision_given_on TEXT,
    supervision_expires_on TEXT,
    training_given_on TEXT,
    training_expires_on TEXT,
    ended_session TEXT REFERENCES session (id),
    ended_reason TEXT NOT NULL,
    ended_mutual INTEGER,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE assignment (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES case_ (id),
    supervisee TEXT NOT NULL REFERENCES person (id),
    supervisor TEXT REFERENCES person (id),
    kind TEXT NOT NULL,
    starts_on TEXT,
    ends_on TEXT
) STRICT;
CREATE INDEX assignment_of_case ON assignment (case_id);
CREATE INDEX assignment_of_supervisee ON assignment (supervisee);

CREATE TABLE session (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES case_ (id),
    number INTEGER NOT NULL,
    date TEXT,
    attendance TEXT NOT NULL,
    format TEXT NOT NULL,
    third_party TEXT NOT NULL,
    interrupted INTEGER,
    stage TEXT NOT NULL,
    created_at TEXT NOT NULL,
    UNIQUE (case_id, number)
) STRICT;

CREATE TABLE score (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES case_ (id),
    session_id TEXT NOT NULL REFERENCES session (id),
    instrument TEXT NOT NULL,
    rater TEXT NOT NULL,
    total REAL NOT NULL,
    subscales TEXT NOT NULL,
    items TEXT NOT NULL,
    discussed INTEGER,
    therapist_present INTEGER,
    told_seen_by TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    UNIQUE (session_id, instrument, rater)
) STRICT;
CREATE INDEX score_of_case ON score (case_id);

CREATE TABLE record (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    author TEXT NOT NULL REFERENCES person (id),
    case_id TEXT NOT NULL REFERENCES case_ (id),
    session_id TEXT REFERENCES session (id),
    state TEXT NOT NULL CHECK (state IN ('draft', 'closed', 'discarded')),
    created_at TEXT NOT NULL,
    closed_at TEXT,
    due_on TEXT
) STRICT;
CREATE INDEX record_of_author ON record (author, state);
CREATE INDEX record_of_case ON record (case_id);

CREATE TABLE draft (
    record_id TEXT NOT NULL REFERENCES record (id),
    author TEXT NOT NULL REFERENCES person (id),
    rev INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    private_key BLOB NOT NULL,
    private_body BLOB NOT NULL,
    shareable_key BLOB NOT NULL,
    shareable_body BLOB NOT NULL,
    PRIMARY KEY (record_id, author)
) STRICT;

CREATE TABLE revision (
    record_id TEXT NOT NULL REFERENCES record (id),
    n INTEGER NOT NULL,
    reason TEXT NOT NULL,
    rev INTEGER NOT NULL,
    at TEXT NOT NULL,
    private_key BLOB,
    private_body BLOB,
    shareable_key BLOB NOT NULL,
    shareable_body BLOB NOT NULL,
    PRIMARY KEY (record_id, n)
) STRICT;

CREATE TABLE history (
    seq INTEGER PRIMARY KEY,
    previous TEXT NOT NULL,
    previous_of_subject TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    revision INTEGER,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    at TEXT NOT NULL,
    stored_digest TEXT NOT NULL,
    part_digests TEXT NOT NULL,
    facts TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX history_of_subject ON history (subject_kind, subject, seq);

CREATE TRIGGER history_is_never_changed BEFORE UPDATE ON history
BEGIN SELECT RAISE(ABORT, 'the history is only ever added to'); END;
CREATE TRIGGER history_is_never_removed BEFORE DELETE ON history
BEGIN SELECT RAISE(ABORT, 'the history is only ever added to'); END;
CREATE TRIGGER history_is_never_rewritten BEFORE INSERT ON history
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM history)
BEGIN SELECT RAISE(ABORT, 'the history is only ever added to'); END;

-- The wrapped keys are left out on purpose: a new master key wraps them anew, the sealed words stay.
CREATE TRIGGER revision_is_never_changed
BEFORE UPDATE OF record_id, n, reason, rev, at, private_body, shareable_body ON revision
BEGIN SELECT RAISE(ABORT, 'a kept version is never changed'); END;
CREATE TRIGGER revision_is_never_removed BEFORE DELETE ON revision
WHEN (SELECT state FROM record WHERE id = OLD.record_id) <> 'discarded'
BEGIN SELECT RAISE(ABORT, 'a kept version is never removed'); END;
CREATE TRIGGER revision_is_never_replaced BEFORE INSERT ON revision
WHEN EXISTS (SELECT 1 FROM revision WHERE record_id = NEW.record_id AND n = NEW.n)
BEGIN SELECT RAISE(ABORT, 'a kept version is never changed'); END;

CREATE TRIGGER closed_record_stays BEFORE UPDATE ON record
WHEN OLD.state <> 'draft' AND (NEW.id, NEW.kind, NEW.author, NEW.case_id, NEW.session_id, NEW.state,
    NEW.created_at, NEW.closed_at) IS NOT (OLD.id, OLD.kind, OLD.author, OLD.case_id, OLD.session_id,
    OLD.state, OLD.created_at, OLD.closed_at)
BEGIN SELECT RAISE(ABORT, 'a closed reflection stays as it is'); END;
CREATE TRIGGER record_is_never_replaced BEFORE INSERT ON record
WHEN EXISTS (SELECT 1 FROM record WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'a reflection is never replaced'); END;
CREATE TRIGGER closed_record_is_kept BEFORE DELETE ON record
WHEN OLD.state <> 'discarded'
BEGIN SELECT RAISE(ABORT, 'only a discarded draft is removed'); END;
CREATE TRIGGER closed_record_takes_no_draft BEFORE INSERT ON draft
WHEN (SELECT state FROM record WHERE id = NEW.record_id) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'a closed reflection stays as it is'); END;
CREATE TRIGGER closed_record_changes_no_draft BEFORE UPDATE ON draft
WHEN (SELECT state FROM record WHERE id = NEW.record_id) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'a closed reflection stays as it is'); END;
