namespace RanCognition.Memory.Storage;

/// <summary>The tables of a memory's file, as the steps from nothing to the present version.</summary>
internal static class StoreSchema
{
    /// <summary>Written in the file's header (offset 68): "RanC".</summary>
    public const int ApplicationId = 0x52616E43;

    /// <summary>Step i leads from version i to version i + 1. A step that was published is never changed.</summary>
    public static IReadOnlyList<string> Steps { get; } = [Version1, Version2];

    private const string Version1 = """
        CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL, checksum INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE metric(position INTEGER PRIMARY KEY, name TEXT NOT NULL, median REAL, scale REAL, checksum INTEGER NOT NULL) STRICT;
        CREATE TABLE cell(number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum INTEGER NOT NULL) STRICT;

        CREATE TABLE episode(id INTEGER PRIMARY KEY, time_ns INTEGER NOT NULL, cell TEXT NOT NULL, reward REAL, success INTEGER, document TEXT NOT NULL, checksum INTEGER NOT NULL) STRICT;

        CREATE TABLE page(first_id INTEGER PRIMARY KEY, last_id INTEGER NOT NULL, rows INTEGER NOT NULL, dimension INTEGER NOT NULL, positions INTEGER NOT NULL, checksum INTEGER NOT NULL,
            sparse_ids TEXT, columns BLOB NOT NULL, vectors BLOB, situations BLOB) STRICT;
        CREATE TABLE loose(id INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT;

        CREATE TABLE revision(sequence INTEGER PRIMARY KEY, id INTEGER NOT NULL, known_ns INTEGER NOT NULL, time_ns INTEGER NOT NULL, cell TEXT NOT NULL, reward REAL, success INTEGER,
            document TEXT NOT NULL, vector BLOB, situation BLOB, checksum INTEGER NOT NULL) STRICT;
        CREATE INDEX revision_id ON revision(id, sequence);
        CREATE INDEX revision_known ON revision(known_ns, id);

        CREATE TABLE origin(id INTEGER PRIMARY KEY, site TEXT NOT NULL, remote_id INTEGER NOT NULL, UNIQUE(site, remote_id)) STRICT;
        CREATE TABLE peer(site TEXT PRIMARY KEY, sequence INTEGER NOT NULL, checksum INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE outgoing(sequence INTEGER PRIMARY KEY AUTOINCREMENT, id INTEGER NOT NULL UNIQUE) STRICT;

        CREATE VIRTUAL TABLE episode_text USING fts5(text, content='', contentless_delete=1, tokenize='unicode61');

        CREATE VIEW episodes AS SELECT id, time_ns, document ->> '$.network_id' AS network_id, cell, document ->> '$.problem_type' AS problem_type, document -> '$.situation' AS situation,
            document -> '$.action' AS action, document -> '$.outcome' AS outcome, reward, success, document -> '$.tags' AS tags, document -> '$.metadata' AS metadata, document ->> '$.text' AS text FROM episode;
        CREATE VIEW situations AS SELECT episode.id, member.key AS metric, member.value FROM episode, json_each(document, '$.situation') AS member;
        CREATE VIEW outcomes AS SELECT episode.id, member.key AS metric, member.value FROM episode, json_each(document, '$.outcome') AS member;
        CREATE VIEW actions AS SELECT episode.id, change.key AS position, change.value ->> '$.managedObject' AS managed_object, change.value ->> '$.attribute' AS attribute,
            change.value -> '$.before' AS before, change.value -> '$.after' AS after FROM episode, json_each(document, '$.action') AS change;
        CREATE VIEW tags AS SELECT episode.id, tag.value AS tag FROM episode, json_each(document, '$.tags') AS tag;
        CREATE VIEW metadata AS SELECT episode.id, member.key AS name, member.value, member.type FROM episode, json_each(document, '$.metadata') AS member;
        CREATE VIEW revisions AS SELECT id, known_ns AS known_until_ns, time_ns, cell, reward, success, document, vector FROM revision ORDER BY id, sequence;
        CREATE VIEW vectors AS
            SELECT id, length(vector) / 4 AS dimension, vector FROM (
                SELECT id, substr(data, 33, 4 * (SELECT CAST(value AS INTEGER) FROM setting WHERE name = 'dimension')) AS vector FROM loose
                WHERE substr(data, 30, 1) = x'01' AND substr(data, 31, 2) <> x'0000')
            UNION ALL
            SELECT id, dimension, substr(vectors, 1 + 4 * dimension * place, 4 * dimension) FROM (
                SELECT episode.id, page.*, iif(sparse_ids IS NULL, episode.id - first_id, (instr(sparse_ids, printf(';%019d', episode.id)) - 1) / 20) AS place
                FROM page JOIN episode ON episode.id BETWEEN first_id AND last_id
                WHERE vectors IS NOT NULL AND NOT EXISTS (SELECT 1 FROM loose WHERE loose.id = episode.id))
            WHERE place >= 0 AND substr(columns, 21 * rows + place + 1, 1) = x'01';
        """;

    // Decisions of a cognitive core, each with the document that can undo it; what was measured, in blocks in the order of their arrival.
    private const string Version2 = """
        CREATE TABLE decision(id INTEGER PRIMARY KEY, document TEXT NOT NULL, checksum INTEGER NOT NULL) STRICT;
        CREATE TABLE history(sequence INTEGER PRIMARY KEY AUTOINCREMENT, network TEXT NOT NULL, block BLOB NOT NULL, checksum INTEGER NOT NULL) STRICT;
        """;
}
